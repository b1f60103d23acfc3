import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { temporaryFolder } from '../../testing/temporary-folder.ts'

export interface FakeStripeCli {
  /** A PATH on which it is found first. */
  path: string
  secret: string
  /** The command lines it was started with, in order. */
  calls(): string[]
  /** The environment it was started with, the last time. */
  environment(): string
}

/**
 * A test double of the Stripe CLI: a program named `stripe` that prints a signing secret, and stays when it is told to
 * listen, as the real one does. It forwards nothing and needs no network.
 *
 * @param listen what `stripe listen` does instead of getting ready and staying; a line of shell
 * @param printSecret what `stripe listen --print-secret` does instead of printing the secret
 */
export function fakeStripeCli(options: { listen?: string; printSecret?: string } = {}): FakeStripeCli {
  const folder = temporaryFolder()
  const secret = `whsec_${crypto.randomUUID().replaceAll('-', '')}`
  const {
    listen = `echo '> Ready! You are using Stripe API Version [2026-10-28.endive]. Your webhook signing secret is ${secret} (^C to quit)' >&2\nexec sleep 3600`,
    printSecret = `echo ${secret}`,
  } = options
  writeFileSync(
    join(folder, 'stripe'),
    `#!/bin/sh
printf '%s\\n' "$*" >> '${folder}/calls'
env > '${folder}/environment'
case "$*" in
  --version) echo 'stripe version 1.99.0' ;;
  *--print-secret*) ${printSecret} ;;
  *) ${listen} ;;
esac
`,
    { mode: 0o755 },
  )
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  return {
    path: `${folder}${delimiter}${process.env.PATH ?? ''}`,
    secret,
    calls: () => read('calls').trim().split('\n'),
    environment: () => read('environment'),
  }
}
