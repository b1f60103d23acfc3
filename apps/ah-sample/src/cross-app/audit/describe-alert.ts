/** What an alert says to who looks after the app. */
export type AlertDescription = {
	title: string
	/** What happened, and what it means for the buyer. */
	meaning: string
	whatToDo: string
}

const DESCRIPTIONS: Record<string, AlertDescription> = {
	'grant-conflict': {
		title: 'Two different states under one revision',
		meaning:
			'Total TypeScript sent a revision that is stored here already with another state. It was not applied; Total TypeScript was told what is stored.',
		whatToDo:
			'Total TypeScript raises its revision by itself. If the grant and the purchase still differ after some minutes, retry the purchase in Total TypeScript’s admin.',
	},
	'claim-without-product': {
		title: 'A claim found no course',
		meaning:
			'Somebody linked their accounts, but the course of this grant is no longer in the catalogue. Their other courses opened.',
		whatToDo: 'Put the product back into the catalogue, then open the grant and answer again.',
	},
	'revision-refused': {
		title: 'A purchase names an unknown product',
		meaning: 'Nothing was opened, and Total TypeScript has stopped sending this revision.',
		whatToDo:
			'Correct the bundle’s product id, or add the product here. Then retry the purchase in Total TypeScript’s admin.',
	},
	'event-rejected': {
		title: 'An event was not believed',
		meaning:
			'It was unsigned, signed for something else, or of an unknown form. Nothing was done. People are told once an hour for each kind; the audit has every one.',
		whatToDo:
			'After a deployment or a rotation, compare CROSS_APP_SECRET and CROSS_APP_ENVIRONMENT of both apps. Otherwise somebody has the event key: replace it.',
	},
	'function-failed': {
		title: 'A function gave up',
		meaning: 'All its retries are used up. What it should have done is still due; sweep and pull go on.',
		whatToDo:
			'Look at the error. When its cause is gone, open the grant and answer again, or run the function again in Inngest.',
	},
	'email-refused': {
		title: 'A mail was refused for good',
		meaning: 'The provider will not take this mail, however often it is sent. What it told of still holds.',
		whatToDo: 'Look at the error: mostly the address is none, or RESEND_API_KEY or EMAIL_FROM is wrong.',
	},
}

const UNKNOWN: AlertDescription = {
	title: 'An alert without a description',
	meaning: 'This kind of alert is not known here; its details say what happened.',
	whatToDo: 'Look for its name in the source, and describe it.',
}

/** The kinds of alert that this folder raises. */
export const ALERT_KINDS = Object.keys(DESCRIPTIONS)

/**
 * What an alert means and what to do about it.
 *
 * @param kind the action without its `alert.`
 * @param others what the app raises itself, by kind
 */
export function describeAlert(kind: string, others: Record<string, AlertDescription> = {}): AlertDescription {
	if (Object.hasOwn(DESCRIPTIONS, kind)) return DESCRIPTIONS[kind] ?? UNKNOWN
	return (Object.hasOwn(others, kind) ? others[kind] : undefined) ?? UNKNOWN
}
