import { personas } from '../personas.ts'
import type { PartStatus } from '../stack/stack.ts'
import type { StackInfo } from '../stack-info.ts'
import { pickLines } from './pick-lines.ts'
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

/** Where a person looks, in the order in which they are needed. */
function addresses({ tt, ah, home, stripe, inbox, parts }: StackInfo): (readonly [string, string])[] {
  const all: (readonly [string, string | undefined])[] = [
    ['Home page', home?.url],
    ['Total TypeScript', tt.url],
    ['AI Hero', ah.url],
    ['Stripe dashboard', parts.includes('stripe') ? stripe.url : undefined],
    ['Stripe of TT', stripe.tt.dashboardUrl],
    ['Stripe of AH', stripe.ah.dashboardUrl],
    ['Mail inbox', parts.includes('inbox') ? `${inbox.url}/inbox` : undefined],
  ]
  return all.flatMap(([title, url]) => (url === undefined ? [] : [[title, url] as const]))
}

/** The providers at which one can still sign in as a persona. */
function personaProviders({ parts }: StackInfo): string[] {
  return [...(parts.includes('github') ? ['GitHub'] : []), ...(parts.includes('discord') ? ['Discord'] : [])]
}

/** Prints what runs and where, why it is what it is, and how to sign in. */
export function printBanner(
  { info, parts, notes = [] }: { info: StackInfo; parts: readonly PartStatus[]; notes?: readonly string[] },
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
  const why = pickLines(info.picks)
  if (why.length > 0) {
    lines.push(...why.map((line) => styled('dim', `  ${line}`, stream)))
    lines.push('')
  }
  for (const [title, url] of addresses(info)) {
    lines.push(`  ${title.padEnd(17)} ${styled('cyan', url, stream)}`)
  }
  lines.push('')
  const providers = personaProviders(info)
  if (providers.length > 0) {
    lines.push(`  Sign in with ${providers.join(' or ')} on either app and choose:`)
    lines.push(
      ...personas.map(({ name, github, about }) => `    ${github.login.padEnd(10)} ${name}: ${about}`),
    )
    lines.push('')
  }
  if (notes.length > 0) lines.push(...notes.map((note) => `  ${note}`), '')
  stream.write(`${lines.join('\n')}\n`)
}
