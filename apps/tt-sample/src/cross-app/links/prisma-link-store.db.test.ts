import {randomUUID} from 'node:crypto'
import {linkStoreContract} from '@cross-app/shared/testing'
import {describe, expect, it} from 'vitest'
import {requestLink} from '../../../test/support/link'
import {crossAppContext as context} from '../host'
import {prismaLinkStore} from './prisma-link-store'

const store = prismaLinkStore(context)
const bench = {
  store,
  newSellerUser: async (id?: string) => id ?? `seller-${randomUUID()}`,
  newGranterUser: async () => `granter-${randomUUID()}`,
  newToken: (sellerUserId: string) => requestLink(sellerUserId),
}

describe('the mirror of links', () => {
  it.each(linkStoreContract({ownsLinks: false}))('$promise', ({keep}) => keep(bench))

  it('is told apart from a store that forgets what it is given (control)', async () => {
    const forgetful: typeof store = {
      withLink: (userId, work) =>
        store.withLink(userId, (held) => work({...held, save: async () => undefined})),
    }
    const kept = await Promise.allSettled(
      linkStoreContract({ownsLinks: false}).map(({keep}) => keep({...bench, store: forgetful})),
    )
    expect(kept.filter(({status}) => status === 'rejected').length).toBeGreaterThan(2)
  })
})
