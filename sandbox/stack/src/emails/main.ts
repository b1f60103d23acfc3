/**
 * `npm run emails`: every mail of both apps with sample data, in the browser. No stack has to run, and nothing is sent.
 *
 *   npm run emails -- --port 4100
 *   npm run emails -- --out mails        writes them as files instead
 *   npm run emails -- --once             renders everything once, asks the pages for each, and ends with 0 or 1
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { endWithParent } from '../end-with-parent.ts'
import { describeError, StackError } from '../errors.ts'
import { styled } from '../terminal/style.ts'
import { appNames, mailId } from './mail.ts'
import { fillShelf, type MailShelf } from './mail-shelf.ts'
import { serveMails } from './serve-mails.ts'
import { writeMails } from './write-mails.ts'

const USAGE = 'npm run emails -- [--port N] [--out FOLDER] [--once]'

function readArguments(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { port: { type: 'string' }, out: { type: 'string' }, once: { type: 'boolean' } },
    })
    const port = Number(values.port ?? 0)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`There is no port ${values.port}.`)
    if (values.out === '') throw new Error('--out needs the name of a folder.')
    return { port, out: values.out, once: values.once ?? false }
  } catch (error) {
    const [message = ''] = (error as Error).message.split('. ')
    throw new StackError('bad-arguments', message, { nextStep: USAGE })
  }
}

function report({ mails, failures }: MailShelf): void {
  for (const { text } of failures) console.error(`${text}\n`)
  const counts = (['tt', 'ah'] as const).map(
    (app) => `${mails.filter((mail) => mail.app === app).length} of ${appNames[app]}`,
  )
  console.log(`  ${mails.length} mails: ${counts.join(', ')}`)
}

/** Asks the pages for everything once, as a browser would. @returns how many answers were not as they should be */
async function visitAll(url: string, { mails }: MailShelf): Promise<number> {
  let bad = 0
  for (const mail of mails) {
    const id = mailId(mail)
    for (const path of [`/?mail=${encodeURIComponent(id)}`, `/mail/${id}`, `/mail/${id}.txt`]) {
      const { status } = await fetch(url.replace('localhost', '127.0.0.1') + path)
      if (status === 200) continue
      bad += 1
      console.error(`${path} answers ${status}.`)
    }
  }
  return bad
}

async function main(): Promise<void> {
  const { port, out, once } = readArguments(process.argv.slice(2))
  if (out !== undefined) {
    const shelf = await fillShelf()
    const files = writeMails(shelf, resolve(out))
    report(shelf)
    console.log(`  ${files} files in ${resolve(out)}`)
    process.exitCode = shelf.failures.length === 0 ? 0 : 1
    return
  }
  const preview = await serveMails({ fill: fillShelf, port })
  const shelf = await preview.shelf()
  report(shelf)
  if (once) {
    const bad = await visitAll(preview.url, shelf)
    await preview.close()
    process.exitCode = shelf.failures.length === 0 && bad === 0 ? 0 : 1
    return
  }
  endWithParent(() => void preview.close().then(() => process.exit(0)))
  console.log(`  ${styled('cyan', preview.url)}   reload the page to render them anew; Ctrl-C ends it\n`)
}

main().catch((error: unknown) => {
  console.error(describeError(error))
  process.exit(1)
})
