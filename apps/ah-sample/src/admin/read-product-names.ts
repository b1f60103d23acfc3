import { asc } from 'drizzle-orm'
import { db } from '@/db'
import { products } from '@/db/schema'

/** What products are called, by id: for lists and filters. A shop has tens of them. */
export async function readProductNames(): Promise<Map<string, string>> {
	const rows = await db
		.select({ id: products.id, name: products.name })
		.from(products)
		.orderBy(asc(products.name))
	return new Map(rows.map((row) => [row.id, row.name]))
}
