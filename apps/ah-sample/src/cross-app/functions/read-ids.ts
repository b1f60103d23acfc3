import { NonRetriableError } from 'inngest'
import { z } from 'zod/v4'

const id = z.string().min(1).max(191)

const shapes = {
	link: z.object({ linkedUserId: id, linkRevision: z.number().int().min(0) }),
	signIn: z.object({ userId: id, provider: id, providerAccountId: id, at: z.iso.datetime() }),
	email: z.object({ outboxId: id }),
}

/**
 * What an in-app event carries: ids, from which the state is read again. Whoever can publish here could send one, so it
 * says only where to look.
 *
 * @throws NonRetriableError when it is not of that shape
 */
export function readIds<Kind extends keyof typeof shapes>(
	data: unknown,
	kind: Kind,
): z.infer<(typeof shapes)[Kind]> {
	const parsed = shapes[kind].safeParse(data)
	if (!parsed.success) throw new NonRetriableError(`The event does not carry the ids of a ${kind}.`)
	return parsed.data as z.infer<(typeof shapes)[Kind]>
}
