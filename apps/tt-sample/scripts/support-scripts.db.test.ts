import {execFile} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {receivedByPeer} from '../test/support/peer'
import {auditOf, createPurchase, oneSyncOf} from '../test/support/purchase'

const tsx = fileURLToPath(new URL('../node_modules/.bin/tsx', import.meta.url))

/** Runs a script in a process of its own, with this test's environment. */
function run(script: string, ...args: string[]): Promise<{code: number; output: string}> {
  const path = fileURLToPath(new URL(`${script}.ts`, import.meta.url))
  return new Promise((resolve) => {
    const child = execFile(tsx, [path, ...args], {env: process.env}, (_error, stdout, stderr) => {
      resolve({code: child.exitCode ?? 1, output: stdout + stderr})
    })
  })
}

describe('the scripts of support', () => {
  it('retry-sync sends a purchase’s syncs again under a new revision', async () => {
    const {purchaseId} = await createPurchase()
    const {id} = await oneSyncOf(purchaseId)
    expect(await run('retry-sync', purchaseId)).toEqual({code: 0, output: `${id}: revision 2, sent\n`})
    expect((await receivedByPeer(purchaseId)).map(({data}) => data.revision)).toEqual([2])
    expect(await auditOf(purchaseId, 'sync.retried')).toMatchObject([{actor: 'cli'}])
  }, 60_000)

  it('set-hold suspends a sync and lets it go again', async () => {
    const {purchaseId} = await createPurchase()
    const {id} = await oneSyncOf(purchaseId)
    const held = await run('set-hold', id, '--reason', 'card review')
    expect(held).toEqual({code: 0, output: `${id}: changed, revision 2, sent\n`})
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'suspended', holdReason: 'card review'})
    expect(await run('set-hold', id, '--release')).toMatchObject({code: 0})
    expect(await oneSyncOf(purchaseId)).toMatchObject({desiredState: 'granted', holdReason: null})
  }, 60_000)

  it.each([
    ['retry-sync', ['none'], 'There is no sync'],
    ['set-hold', ['some', '--release', '--reason', 'x'], 'Use: tsx scripts/set-hold.ts'],
  ])(
    '%s %j says what to do, and fails',
    async (script, args, words) => {
      const {code, output} = await run(script, ...args)
      expect(code).toBe(1)
      expect(output).toContain(words)
      expect(output).not.toContain('    at ')
    },
    60_000,
  )
})
