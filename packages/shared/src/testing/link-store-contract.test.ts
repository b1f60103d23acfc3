import { describe, expect, it } from 'vitest'
import { linkStoreContract } from './link-store-contract'
import { memoryLinkStore, type StoreFault } from './memory-link-store'

describe.each([{ ownsLinks: true }, { ownsLinks: false }])('a store in memory ($ownsLinks)', (side) => {
  it.each(linkStoreContract(side))('$promise', ({ keep }) => keep(memoryLinkStore(side)))
})

describe('the contract turns red on a store that', () => {
  const faults: { fault: StoreFault; ownsLinks: boolean; promise: string }[] = [
    { fault: 'no-rollback', ownsLinks: true, promise: 'writes nothing when the work throws' },
    { fault: 'text-collation', ownsLinks: true, promise: 'keeps apart ids that look alike' },
    { fault: 'tokens-again', ownsLinks: true, promise: 'lets a token be used once' },
    { fault: 'no-lock', ownsLinks: true, promise: 'runs one after another what concerns one' },
    { fault: 'many-links', ownsLinks: true, promise: 'gives a granter’s user one live link' },
    { fault: 'any-token', ownsLinks: false, promise: 'does not know a token that was made for someone' },
  ]
  it.each(faults)('$fault', async ({ fault, ownsLinks, promise }) => {
    const named = linkStoreContract({ ownsLinks }).filter((each) => each.promise.startsWith(promise))
    expect(named).toHaveLength(1)
    await expect(named[0]?.keep(memoryLinkStore({ ownsLinks, fault }))).rejects.toThrow('broke its promise')
  })
})
