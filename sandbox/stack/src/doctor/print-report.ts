import { styled } from '../terminal/style.ts'
import type { Level, Section } from './finding.ts'

const MARKS: Record<Level, ['green' | 'yellow' | 'red', string]> = {
  ok: ['green', '✓'],
  note: ['yellow', '!'],
  problem: ['red', '✗'],
}

export interface Summary {
  /** Whether the demo can run. */
  ok: boolean
  notes: number
  problems: number
}

export function summarise(sections: readonly Section[]): Summary {
  const count = (level: Level) =>
    sections.flatMap(({ findings }) => findings).filter((each) => each.level === level).length
  const problems = count('problem')
  return { ok: problems === 0, notes: count('note'), problems }
}

/** Breaks a text at spaces so that it fits, with all lines but the first indented. */
function wrap(text: string, indent: number, columns: number): string {
  const width = Math.max(40, columns - indent)
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const current = lines.at(-1) ?? ''
    if (current !== '' && current.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = current === '' ? word : `${current} ${word}`
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}

function counted(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`
}

/** The report for people: a line for each finding, readable without colours, and a summary at the end. */
export function printReport(
  sections: readonly Section[],
  seconds: number,
  stream: NodeJS.WriteStream = process.stdout,
): void {
  const columns = stream.isTTY ? stream.columns : 120
  const lines: string[] = []
  for (const { title, findings } of sections) {
    lines.push('', styled('bold', `  ${title}`, stream))
    for (const { level, text, whatToDo } of findings) {
      const [colour, mark] = MARKS[level]
      lines.push(`    ${styled(colour, mark, stream)} ${wrap(text, 6, columns)}`)
      if (whatToDo !== undefined) lines.push(styled('dim', `      → ${wrap(whatToDo, 8, columns)}`, stream))
    }
  }
  const { ok, notes, problems } = summarise(sections)
  const verdict = ok
    ? styled('green', 'The demo can run here: `npm run demo`.', stream)
    : styled(
        'red',
        `The demo can't run here: ${counted(problems, 'problem', 'problems')} (✗) to solve first.`,
        stream,
      )
  const aside = notes === 0 ? '' : ` ${counted(notes, 'thing', 'things')} (!) to know.`
  lines.push('', `  ${verdict}${aside} ${styled('dim', `${seconds.toFixed(1)} s`, stream)}`, '')
  stream.write(`${lines.join('\n')}\n`)
}
