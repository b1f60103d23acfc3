import { lastLines } from '../last-lines.ts'
import { redact } from './redact.ts'

const LONGEST_LINE = 400
/** What is looked through for secrets: far past what is shown, so that none is cut where it would not be known. */
const LONGEST_LOOKED_AT = 4_000
/** What the page's own questions leave in a dev server's log. */
const OWN_QUESTION = /\bGET \/api\/(?:health|ready|cross-app\/timeline)\b/

/** The last lines of a part's log, fit to be shown: without secrets, addresses and the page's own questions. */
export function logTail(file: string | undefined, secrets: readonly string[], count = 14): string[] {
  if (file === undefined) return []
  return lastLines(file, 80)
    .filter((line) => !OWN_QUESTION.test(line))
    .slice(-count)
    .map((line) => redact(line.slice(0, LONGEST_LOOKED_AT), secrets))
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
}
