import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db'
import { products } from '@/db/schema'
import { openShop } from '../../tests/setup/own-shop'
import { readCourseLinks } from './read-course-links'

beforeAll(openShop)

describe('readCourseLinks', () => {
	it('leads straight into the first lesson of each course, in the order of the catalogue', async () => {
		const links = await readCourseLinks(['product-evals-for-typescript', 'product-ai-sdk-crash-course'])

		expect(links.map((link) => link.productId)).toEqual([
			'product-ai-sdk-crash-course',
			'product-evals-for-typescript',
		])
		for (const { path } of links) expect(path).toMatch(/^\/courses\/[a-z0-9-]+\/[a-z0-9-]+$/)
	})

	it('names a product that is no longer sold, and leads to the profile', async () => {
		const productId = `product_${crypto.randomUUID()}`
		await db.insert(products).values({ id: productId, name: 'An old course', status: 0 })

		expect(await readCourseLinks([productId])).toEqual([
			{ productId, title: 'An old course', path: '/profile' },
		])
	})

	it('leaves out what it does not know, and names nothing twice', async () => {
		const known = 'product-evals-for-typescript'

		expect(await readCourseLinks([])).toEqual([])
		expect(await readCourseLinks([known, `product_${crypto.randomUUID()}`, known])).toHaveLength(1)
	})
})
