import { describeLink } from '@cross-app/shared'
import type { SendingContext } from '../context'
import { readLinkRecord } from './read-link-record'

/**
 * Tells the seller what is stored about one of its users, as the event that its newest revision is. Built from the row
 * alone, so a sender that runs late can't contradict it. Nothing is sent about who was never linked.
 */
export async function tellLink(
	context: Pick<SendingContext, 'db' | 'bridge'>,
	input: { sellerUserId: string },
): Promise<'told' | 'never-linked'> {
	const told = describeLink(await readLinkRecord(context, input))
	if (told === null) return 'never-linked'
	await context.bridge.send(told)
	return 'told'
}
