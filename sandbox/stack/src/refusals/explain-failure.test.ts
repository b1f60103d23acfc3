import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stackFolder } from '../paths.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { describeFailedProcess, explainFailure, explainSystemError } from './explain-failure.ts'

describe('explainFailure', () => {
  it.each([
    ['InnoDB: preallocating 12582912 bytes for file ./ibdata1 failed with error 28', 'The disk is full.'],
    ['inngest stand-in: Error: database or disk is full', 'The disk is full.'],
    ['Error: ENOSPC: no space left on device, write', 'The disk is full.'],
    ['Error: listen EADDRINUSE: address already in use 127.0.0.1:4010', 'Another program has taken its port'],
    ["Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'emulate'", 'A package is missing.'],
    ["EACCES: permission denied, open 'accounts.json'", 'It may not read or write'],
  ])('reads from "%s" what is wrong', (line, reason) => {
    const explanation = explainFailure(['a line before', line], temporaryFolder())
    expect(explanation.reason).toContain(reason)
    expect(explanation.nextStep).not.toBe('')
  })

  it('says where to look when the last words tell nothing', () => {
    const explanation = explainFailure(['It is Saturday.'], temporaryFolder())
    expect(explanation.reason).toBeUndefined()
    expect(explanation.nextStep).toContain('npm run doctor')
    expect(explainFailure([], temporaryFolder()).reason).toBe('It has left no word in its log.')
  })
})

describe('describeFailedProcess', () => {
  it('adds the reason to the sentence, and the last lines of the log', () => {
    const logFile = join(temporaryFolder(), 'stripe.log')
    writeFileSync(logFile, 'one\ntwo\nError: listen EADDRINUSE\n')
    expect(describeFailedProcess('It ended.', logFile, 2)).toMatchObject({
      message: 'It ended. Another program has taken its port in the meantime.',
      details: { logFile, lastLines: ['two', 'Error: listen EADDRINUSE'] },
    })
  })

  it('advises to reset the stack that failed, and not another one', () => {
    const advice = (name: string) =>
      describeFailedProcess('It ended.', join(stackFolder(name), 'logs', 'none.log')).details.nextStep
    expect(advice('two')).toContain('`npm run stack -- reset --name two`')
    expect(advice('dev')).toContain('`npm run stack -- reset`')
  })
})

describe('explainSystemError', () => {
  it('knows a full disk and a file of somebody else, and leaves every other error to its stack', () => {
    const error = (code: string, path?: string) => Object.assign(new Error(code), { code, path })
    expect(explainSystemError(error('ENOSPC'))?.message).toBe('The disk is full.')
    expect(explainSystemError(error('EACCES', 'secrets.json'))?.message).toBe(
      "secrets.json can't be written.",
    )
    expect(explainSystemError(error('ECONNRESET'))).toBeUndefined()
    expect(explainSystemError('text')).toBeUndefined()
  })
})
