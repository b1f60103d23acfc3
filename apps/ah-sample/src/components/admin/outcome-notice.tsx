import { Notice } from '../notice'
import { describeOutcome } from './describe-outcome'

/** What the action that led here has done. */
export function OutcomeNotice({ outcome }: { outcome: string | null }) {
	const described = describeOutcome(outcome)
	if (described === null) return null
	return <Notice tone={described.tone}>{described.text}</Notice>
}
