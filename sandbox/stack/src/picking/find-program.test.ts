import { mkdirSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeProgram } from '../testing/fake-program.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { findProgram } from './find-program.ts'

describe('findProgram', () => {
  it('takes the first program of that name, and no folder and no file that can not be run', () => {
    const [withFolder, empty] = [temporaryFolder(), temporaryFolder()]
    mkdirSync(join(withFolder, 'stripe'))
    const program = fakeProgram('stripe', 'exit 0')
    expect(findProgram('stripe', [withFolder, empty, join(program, '..')].join(delimiter))).toBe(program)
    expect(findProgram('stripe', [withFolder, '', empty].join(delimiter))).toBeUndefined()
  })

  it('gives the whole path of one in a folder that PATH names from here', () => {
    const program = fakeProgram('stripe', 'exit 0')
    expect(findProgram('stripe', relative(process.cwd(), join(program, '..')))).toBe(program)
  })
})
