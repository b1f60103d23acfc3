import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { stackSecrets } from './secrets.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

describe('stackSecrets', () => {
  it('makes secrets once and keeps them', () => {
    const folder = temporaryFolder()
    expect(stackSecrets(folder)).toEqual(stackSecrets(folder))
  })

  it('makes others for another stack', () => {
    expect(stackSecrets(temporaryFolder()).crossAppSecret).not.toBe(
      stackSecrets(temporaryFolder()).crossAppSecret,
    )
  })

  it('lets nobody but the owner read the file', () => {
    const folder = temporaryFolder()
    stackSecrets(folder)
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
  })

  it('gives the two apps nothing in common but the bridge', () => {
    const { crossAppSecret, ...pairs } = stackSecrets(temporaryFolder())
    for (const { tt, ah } of Object.values(pairs)) expect(tt).not.toBe(ah)
    expect(crossAppSecret.length).toBeGreaterThanOrEqual(64)
  })

  it('adds what a later version needs and leaves the rest as it was', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'secrets.json'), '{"crossAppSecret":"kept"}')
    const secrets = stackSecrets(folder)
    expect(secrets.crossAppSecret).toBe('kept')
    expect(secrets.cronSecret.tt).not.toBe('')
    expect(stackSecrets(folder)).toEqual(secrets)
  })

  it('says what to do about a file that is no JSON, without a word of what it holds', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'secrets.json'), '{"crossAppSecret":0123abcd')
    const error = (() => {
      try {
        return stackSecrets(folder)
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toMatchObject({ code: 'part-failed', nextStep: expect.stringContaining('Delete it') })
    expect(inspect(error)).not.toContain('0123')
  })
})
