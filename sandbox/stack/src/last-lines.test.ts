import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lastLines } from './last-lines.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

describe('lastLines', () => {
  it('gives the last lines without colours and empty ones, and nothing of a file that is not there', () => {
    const file = join(temporaryFolder(), 'part.log')
    writeFileSync(file, 'first\n\u001b[31msecond\u001b[0m\n\nthird\n')
    expect(lastLines(file, 2)).toEqual(['second', 'third'])
    expect(lastLines(`${file}.gone`)).toEqual([])
  })

  it('leaves out a line that it has only the end of: what made a secret known may be cut off', () => {
    const file = join(temporaryFolder(), 'part.log')
    const long = `sk_test_${'x'.repeat(20_000)}`
    writeFileSync(file, `${long}\nlast\n`)
    expect(lastLines(file)).toEqual(['last'])
  })
})
