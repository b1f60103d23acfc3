import { linkStoreContract } from '@cross-app/shared/testing'
import { describe, it } from 'vitest'
import { context } from '../host'
import { randomId } from '../testing/fixtures'
import { drizzleLinkStore } from './drizzle-link-store'

describe('AI Hero’s link store', () => {
	it.each(linkStoreContract({ ownsLinks: true }))('$promise', ({ keep }) =>
		keep({
			store: drizzleLinkStore(context),
			newSellerUser: async (id) => id ?? randomId('user_tt'),
			newGranterUser: async () => randomId('user_ah'),
			newToken: async () => crypto.randomUUID(),
		}),
	)
})
