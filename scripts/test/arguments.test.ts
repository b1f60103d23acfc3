import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

function runTests(...args: string[]) {
  const script = join(import.meta.dirname, '..', 'test.ts')
  return spawnSync(process.execPath, [script, 'test', ...args], { encoding: 'utf8' })
}

describe('npm test', () => {
  it.each([
    [
      'a suite that there is not',
      ['--suite', 'nonsense'],
      'There is no suite "nonsense". Choose from: lint,',
    ],
    ['an option that there is not', ['--nonsense'], 'Next step: npm run test --'],
  ])('ends with 1 and a sentence for %s', (_, args, sentence) => {
    const { status, stdout, stderr } = runTests(...args)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ')
  })
})
