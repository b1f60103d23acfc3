import { type CrossAppEvent, UnknownProductError } from '@cross-app/shared'
import type { CrossAppContext } from '../context'
import { type AppliedRevision, applyRevision } from './apply-revision'
import type { DesiredRevision } from './desired-revision'
import { refuseRevision } from './refuse-revision'

export type RevisionResult =
	| ({ kind: 'applied' } & AppliedRevision)
	| { kind: 'refused'; answer: CrossAppEvent }

/**
 * Applies a revision, or refuses it when it can never be applied as it is. Everything else that goes wrong is thrown
 * and worth another try.
 */
export async function applyOrRefuse(
	context: CrossAppContext,
	revision: DesiredRevision,
): Promise<RevisionResult> {
	try {
		return { kind: 'applied', ...(await applyRevision(context, revision)) }
	} catch (reason) {
		if (!(reason instanceof UnknownProductError)) throw reason
		return { kind: 'refused', answer: await refuseRevision(context, { revision, reason }) }
	}
}
