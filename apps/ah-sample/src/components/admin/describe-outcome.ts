/** What an action of support has led to, for the page that follows it; null when the address names none. */
export function describeOutcome(outcome: string | null): { tone: 'plain' | 'problem'; text: string } | null {
	switch (outcome) {
		case 'answered-now':
			return { tone: 'plain', text: 'Applied again, and Total TypeScript was answered.' }
		case 'answered-later':
			return {
				tone: 'problem',
				text: 'Applied again. Total TypeScript could not be told right now; it reads the change by itself within some minutes.',
			}
		case 'unknown-product':
			return {
				tone: 'problem',
				text: 'Nothing was changed: this course is not in the catalogue any more. Put the product back, then answer again.',
			}
		case 'grant-changed':
			return {
				tone: 'problem',
				text: 'Nothing was changed: this course is not as it was when you looked. Here is how it stands now.',
			}
		case 'unlinked':
			return { tone: 'plain', text: 'The link has ended. Both apps and the person are being told.' }
		case 'changed-meanwhile':
			return {
				tone: 'problem',
				text: 'Nothing was changed: this link is not as it was when you looked. Here is how it stands now.',
			}
		case 'reason-missing':
			return { tone: 'problem', text: 'Nothing was changed: give a reason, in a few words.' }
		default:
			return null
	}
}
