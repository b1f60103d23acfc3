import type { GetStepTools, Inngest } from 'inngest'
import { applyOrRefuse } from '../grants/apply-or-refuse'
import { toDesiredRevision } from '../grants/desired-revision'
import { sendAnswer } from '../grants/send-answer'
import { bridge, context } from '../host'
import { dispatchAfterCommit } from '../outbox/dispatch-after-commit'
import { openEvent } from './open-event'

type Step = GetStepTools<Inngest.Any>

/**
 * What both functions that take a revision do: apply it, then answer with what is stored. Two steps, so that a failing
 * answer is repeated without applying again; no more than two, because the buyer is waiting.
 *
 * An old or repeated revision is answered too: its answer may be the one that got lost.
 */
export async function applyAndAnswer(
	name: 'bundle/purchased' | 'entitlement/revoke',
	run: { event: { id?: string | undefined; data?: unknown }; step: Step; attempt: number },
): Promise<void> {
	const { event, step, attempt } = run
	const result = await step.run('apply', async () => {
		const verified = await openEvent<'bundle/purchased' | 'entitlement/revoke'>(name, event, attempt)
		const applied = await applyOrRefuse(context, toDesiredRevision(verified))
		if (applied.kind === 'applied') await dispatchAfterCommit(context, applied.outboxIds)
		return applied
	})
	await step.run('answer', async () => {
		if (result.kind === 'refused') await bridge.send(result.answer)
		else await sendAnswer(context, result)
	})
}
