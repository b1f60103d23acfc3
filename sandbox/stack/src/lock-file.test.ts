import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lockOwner, removeDeadLock, takeLock } from './lock-file.ts'
import { ownIdentity } from './process-identity.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

describe('takeLock', () => {
  it('is held by one process at a time', () => {
    const file = join(temporaryFolder(), 'lock')
    const first = takeLock(file)
    expect(first.held).toBe(true)
    expect(takeLock(file)).toEqual({ held: false, owner: ownIdentity() })
    if (first.held) first.release()
    expect(takeLock(file).held).toBe(true)
  })

  it('takes over the lock of a process that has died', () => {
    const file = join(temporaryFolder(), 'lock')
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, startTime: '1' }))
    expect(takeLock(file).held).toBe(true)
  })

  it('leaves a lock alone that another process has taken over since its owner was seen dead', () => {
    const file = join(temporaryFolder(), 'lock')
    expect(takeLock(file).held).toBe(true)
    expect(removeDeadLock(file)).toEqual(ownIdentity())
    expect(lockOwner(file)).toEqual(ownIdentity())
    // The control: one whose owner is dead goes.
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, startTime: '1' }))
    expect(removeDeadLock(file)).toBeUndefined()
    expect(existsSync(file)).toBe(false)
  })

  it('is not fooled by a later process with the same number', () => {
    const file = join(temporaryFolder(), 'lock')
    writeFileSync(file, JSON.stringify({ pid: process.pid, startTime: 'another time' }))
    expect(lockOwner(file)).toBeUndefined()
    expect(takeLock(file).held).toBe(true)
  })

  it('respects a live process with this number and start time (control)', () => {
    const file = join(temporaryFolder(), 'lock')
    writeFileSync(file, JSON.stringify(ownIdentity()))
    expect(takeLock(file).held).toBe(false)
  })

  it('takes over a lock file that a crash left half-written', () => {
    const file = join(temporaryFolder(), 'lock')
    writeFileSync(file, '{"pid":')
    expect(takeLock(file).held).toBe(true)
  })

  it("leaves another owner's lock alone when it is released late", () => {
    const file = join(temporaryFolder(), 'lock')
    const lock = takeLock(file)
    writeFileSync(file, JSON.stringify({ pid: 1, startTime: 'x' }))
    if (lock.held) lock.release()
    expect(existsSync(file)).toBe(true)
  })
})
