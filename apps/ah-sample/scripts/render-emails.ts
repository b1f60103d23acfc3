import { renderSampleMails } from './emails/sample-mails'

/** Prints every mail of this app with sample data, as one line of JSON: `[{ name, variant, subject, html, text }]`. */
renderSampleMails().then(
	(mails) => console.log(JSON.stringify(mails)),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : String(error))
		process.exitCode = 1
	},
)
