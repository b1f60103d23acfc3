import { personas } from '../personas.ts'
import type { PartStatus } from '../stack/start-stack.ts'
import type { StackInfo } from '../stack-info.ts'
import { duration, styled } from './style.ts'

function table(rows: readonly (readonly string[])[], stream: NodeJS.WriteStream): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const draw = (row: readonly string[]) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()
  const [head, ...body] = rows.map(draw)
  return [styled('dim', head ?? '', stream), ...body]
}

/** Prints what runs and where, and how to sign in. */
export function printBanner(
  { info, parts }: { info: StackInfo; parts: readonly PartStatus[] },
  stream: NodeJS.WriteStream = process.stderr,
): void {
  const lines = ['', styled('bold', `The stack "${info.name}" is up.`, stream), '']
  if (parts.length > 0) {
    const rows = parts.map(({ name, kind, version, url, startedInMs }) => [
      name,
      kind,
      version,
      url,
      duration(startedInMs),
    ])
    lines.push(...table([['part', 'what', 'version', 'address', 'started in'], ...rows], stream), '')
  }
  lines.push(
    `  Total TypeScript  ${styled('cyan', info.tt.url, stream)}`,
    `  AI Hero           ${styled('cyan', info.ah.url, stream)}`,
    `  Stripe dashboard  ${styled('cyan', info.stripe.url, stream)}`,
    `  Mail inbox        ${styled('cyan', `${info.inbox.url}/inbox`, stream)}`,
    '',
    '  Sign in with GitHub or Discord on either app and choose:',
    ...personas.map(({ name, github, about }) => `    ${github.login.padEnd(10)} ${name}: ${about}`),
    '',
  )
  stream.write(`${lines.join('\n')}\n`)
}
