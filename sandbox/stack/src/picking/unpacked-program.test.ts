import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { putInPlace, removeStaleWork } from './unpacked-program.ts'

function folderWith(path: string, content: string): string {
  mkdirSync(path)
  writeFileSync(join(path, 'program'), content)
  return path
}

describe('putInPlace', () => {
  it('leaves a copy that another process has put there alone, since it may be in use', () => {
    const folder = temporaryFolder()
    const place = folderWith(join(folder, 'place'), 'theirs')
    putInPlace(folderWith(join(folder, 'work'), 'ours'), place, () => true)
    expect(readFileSync(join(place, 'program'), 'utf8')).toBe('theirs')
  })

  it.each([{ before: 'broken' }, { before: undefined }])(
    'takes the place of one that does not work, or of none: $before',
    ({ before }) => {
      const folder = temporaryFolder()
      const place = join(folder, 'place')
      if (before !== undefined) folderWith(place, before)
      putInPlace(folderWith(join(folder, 'work'), 'ours'), place, () => false)
      expect(readFileSync(join(place, 'program'), 'utf8')).toBe('ours')
    },
  )
})

describe('removeStaleWork', () => {
  it('deletes what a killed process left, and nothing that may be at work or is not its', () => {
    const folder = temporaryFolder()
    for (const name of ['work-old', 'work-new', 'root']) folderWith(join(folder, name), '')
    const long = new Date(Date.now() - 2 * 60 * 60_000)
    for (const name of ['work-old', 'root']) utimesSync(join(folder, name), long, long)
    removeStaleWork(join(folder, 'work-'))
    expect(readdirSync(folder).sort()).toEqual(['root', 'work-new'])
    expect(existsSync(join(folder, 'root', 'program'))).toBe(true)
  })
})
