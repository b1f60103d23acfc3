import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StackError } from '../errors.ts'
import { mailId } from './mail.ts'
import type { MailShelf } from './mail-shelf.ts'

/**
 * Writes every mail as `<app>/<template>--<variant>.html` and `.txt`, and a list of all with their subjects.
 *
 * @returns how many files
 * @throws StackError `step-failed` where nothing can be written
 */
export function writeMails(shelf: MailShelf, folder: string): number {
  try {
    return write(shelf, folder)
  } catch (error) {
    throw new StackError('step-failed', `The mails could not be written: ${(error as Error).message}.`, {
      nextStep:
        'Give a folder that you may write to, or a name that is not taken: `npm run emails -- --out mails`.',
      cause: error,
    })
  }
}

function write(shelf: MailShelf, folder: string): number {
  for (const mail of shelf.mails) {
    const file = join(folder, mailId(mail))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.html`, mail.html)
    writeFileSync(`${file}.txt`, mail.text)
  }
  const list = shelf.mails.map((mail) => ({
    file: `${mailId(mail)}.html`,
    name: mail.name,
    variant: mail.variant,
    subject: mail.subject,
  }))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'mails.json'), `${JSON.stringify(list, null, 2)}\n`)
  return shelf.mails.length * 2 + 1
}
