import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { stackStatus } from './commands/status.ts'
import { takeLock } from './lock-file.ts'
import { stackFolder } from './paths.ts'
import { readStackInfo, stackInfoFile, stackLockFile, writePrivateJson } from './stack-info.ts'

it('reads what an older version of this checkout wrote of a stack that is still running', async () => {
  const name = `test-${randomBytes(4).toString('hex')}`
  onTestFinished(() => rmSync(stackFolder(name), { recursive: true, force: true }))
  expect(takeLock(stackLockFile(name)).held).toBe(true)
  const app = {
    url: 'http://localhost:1',
    databaseUrl: 'mysql://127.0.0.1:1/tt',
    inngestUrl: 'http://127.0.0.1:1',
  }
  const at = { url: 'http://127.0.0.1:1' }
  writePrivateJson(stackInfoFile(name), { tt: app, ah: app, stripe: at, inbox: at, github: at, discord: at })
  expect(readStackInfo(name)).toMatchObject({ parts: [], picks: {} })
  expect(await stackStatus(name)).toMatchObject({ state: 'up', parts: [{ name: 'tt' }, { name: 'ah' }] })
})
