import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'

/** Holds deploy.md to the code: a variable or an event that it forgets is a night for whoever follows it. */
const read = (file: string) => readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8')
const page = read('docs/deploy.md')

const COLUMNS = { tt: 0, ah: 1 } as const
type App = keyof typeof COLUMNS

/** The rows of the table under a heading, cell by cell. */
function rowsUnder(heading: string, text = page): string[][] {
  const section = text.split(/^#+ /m).find((part) => part.startsWith(heading)) ?? ''
  return section
    .split('\n')
    .filter((line) => /^\|(?! ---)/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

function codeWords(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}

/** The variables that the page names for an app; "the same" stands for those of Total TypeScript's cell. */
function variablesOf(app: App, text = page): string[] {
  return rowsUnder('Every variable', text).flatMap((cells) =>
    codeWords(cells[COLUMNS[app]] === 'the same' ? (cells[0] ?? '') : (cells[COLUMNS[app]] ?? '')),
  )
}

function handledEvents(file: string): string[] {
  return [...new Set(read(file).match(/(?<=')(checkout|refund|charge)\.[a-z_.]*[a-z](?=')/g) ?? [])].sort()
}

describe('docs/deploy.md', () => {
  it.each(['tt', 'ah'] as const)('names every variable that %s reads, and no other', (app) => {
    const example = Object.keys(parseEnv(read(`apps/${app}-sample/.env.example`)))
    expect(variablesOf(app).sort()).toEqual(example.sort())
  })

  it.each([
    ['TT', 'apps/tt-sample/src/commerce/handle-stripe-event.ts'],
    ['AH', 'apps/ah-sample/src/commerce/handle-stripe-event.ts'],
  ])('asks the Stripe account of %s for exactly the events it handles', (app, file) => {
    const row = rowsUnder('5. Two webhooks').find(([name]) => name === app)
    expect(codeWords(row?.[1] ?? '').sort()).toEqual(handledEvents(file))
  })

  it('control: a forgotten variable is missed', () => {
    const forgetful = page.replace(/^\| `CRON_SECRET`.*\n/gm, '')
    expect(variablesOf('tt', forgetful)).not.toContain('CRON_SECRET')
    expect(variablesOf('tt')).toContain('CRON_SECRET')
  })
})
