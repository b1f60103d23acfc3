import {renderMail} from '../src/cross-app/emails/render-mail'
import {sampleMails} from './render-emails/sample-mails'

/**
 * Every mail of this app with sample data, for looking at: one line of JSON,
 * `[{name, variant, subject, html, text}]`. Needs neither a database nor a variable.
 */
async function main(): Promise<void> {
  const mails = []
  for (const {name, variant, mail} of sampleMails) mails.push({name, variant, ...(await renderMail(mail))})
  console.log(JSON.stringify(mails))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
