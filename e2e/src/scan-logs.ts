import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Leak = { file: string; line: number; kind: string; excerpt: string }

/** What may stand in no log, whoever wrote it. */
const PATTERNS: [kind: string, pattern: RegExp][] = [
  ['an email address', /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}/],
  // Also without its signature, and cut off in the middle.
  ['a signed token', /eyJ[\w-]{10,}(\.[\w-]*)*/],
  ['a token in an address', /[?&](token|code|state|csrfToken|session_token)=[^&\s"'[]/],
  ['a session cookie', /session-token=[^;\s"'[]/],
  ['a bearer token', /bearer\s+[\w.-]{12,}/i],
]

/**
 * Looks for secrets, tokens and email addresses in text.
 *
 * @param secrets values that may not appear anywhere, by a name for the report
 */
export function scanText(file: string, text: string, secrets: Record<string, string>): Leak[] {
  const leaks: Leak[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const add = (kind: string): void => {
      leaks.push({ file, line: index + 1, kind, excerpt: line.slice(0, 200) })
    }
    for (const [kind, pattern] of PATTERNS) if (pattern.test(line)) add(kind)
    for (const [name, secret] of Object.entries(secrets)) {
      if (secret.length >= 8 && line.includes(secret)) add(`the value of ${name}`)
    }
  }
  return leaks
}

/** All logs of a stack's folder, by file name. */
export function readLogs(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.log'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
}
