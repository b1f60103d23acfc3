import { styleText } from 'node:util'
import type { Ensured } from './ensured.ts'

const COLOURS = { created: 'green', found: 'dim', changed: 'yellow' } as const

/** `3 created, 9 found, 1 changed`. */
export function countOutcomes(ensured: readonly Ensured[]): string {
  return (['created', 'found', 'changed'] as const)
    .map((outcome) => `${ensured.filter((one) => one.outcome === outcome).length} ${outcome}`)
    .join(', ')
}

/** One line for each object on an account, in columns. */
export function outcomeTable(ensured: readonly Ensured[]): string[] {
  const width = (text: (one: Ensured) => string) => Math.max(...ensured.map((one) => text(one).length))
  const widths = { kind: width(({ kind }) => kind), name: width(({ name }) => name) }
  return ensured.map(({ kind, name, id, outcome, detail }) => {
    const cells = [
      styleText(COLOURS[outcome], outcome.padEnd('changed'.length)),
      kind.padEnd(widths.kind),
      name.padEnd(widths.name),
      detail === undefined ? id : `${id} (${detail})`,
    ]
    return `  ${cells.join('  ')}`
  })
}
