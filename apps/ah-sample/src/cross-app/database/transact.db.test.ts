import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Transaction } from '../context'
import { context, db, isRetryable } from '../host'
import { accountLinks } from '../schema'
import { randomId } from '../testing/fixtures'
import { createTransact, StartAgainError } from './transact'

async function makeRow(): Promise<string> {
	const id = randomId('link')
	await db.insert(accountLinks).values({ id, linkedApp: 'total-typescript', linkedUserId: id })
	return id
}

const bump = (tx: Transaction, id: string) =>
	tx
		.update(accountLinks)
		.set({ linkRevision: sql`${accountLinks.linkRevision} + 1` })
		.where(eq(accountLinks.id, id))

async function revisionOf(id: string): Promise<number | undefined> {
	const [row] = await db.select().from(accountLinks).where(eq(accountLinks.id, id))
	return row?.linkRevision
}

/** Two transactions that lock two rows in opposite order, each holding its first before either asks for its second. */
function provokeDeadlock(transact: typeof context.transact, left: string, right: string) {
	let attempts = 0
	let arrived = 0
	let release: () => void = () => {}
	const bothHoldOne = new Promise<void>((resolve) => {
		release = resolve
	})
	const work = (first: string, second: string) =>
		transact(async (tx) => {
			attempts += 1
			await bump(tx, first)
			arrived += 1
			if (arrived >= 2) release()
			await bothHoldOne
			await bump(tx, second)
		})
	return Promise.allSettled([work(left, right), work(right, left)]).then((results) => ({ results, attempts }))
}

describe('transact', () => {
	it('runs the victim of a deadlock again, and both end', async () => {
		const left = await makeRow()
		const right = await makeRow()

		const { results, attempts } = await provokeDeadlock(context.transact, left, right)

		expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled'])
		expect(attempts).toBeGreaterThan(2)
		expect(await revisionOf(left)).toBe(2)
		expect(await revisionOf(right)).toBe(2)
	})

	it('control: without the retry the same deadlock loses one of the two', async () => {
		const withoutRetry = createTransact({ db, isRetryable: () => false })
		const { results } = await provokeDeadlock(withoutRetry, await makeRow(), await makeRow())
		expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
	})

	it('starts again when the work asks for it, and keeps nothing of the first attempt', async () => {
		const id = await makeRow()
		let attempts = 0
		await context.transact(async (tx) => {
			attempts += 1
			await bump(tx, id)
			if (attempts === 1) throw new StartAgainError('a test')
		})
		expect(attempts).toBe(2)
		expect(await revisionOf(id)).toBe(1)
	})

	it('gives up after a bounded number of attempts', async () => {
		let attempts = 0
		const work = createTransact({ db, isRetryable })(async () => {
			attempts += 1
			throw new StartAgainError('a test')
		})
		await expect(work).rejects.toBeInstanceOf(StartAgainError)
		expect(attempts).toBe(6)
	})

	it('does not repeat work that failed for a reason of its own', async () => {
		let attempts = 0
		const work = context.transact(async () => {
			attempts += 1
			throw new RangeError('no')
		})
		await expect(work).rejects.toBeInstanceOf(RangeError)
		expect(attempts).toBe(1)
	})

	it('sees, after waiting for a lock, what its former holder wrote', async () => {
		const id = await makeRow()
		const increment = () =>
			context.transact(async (tx) => {
				await tx.select().from(accountLinks).where(eq(accountLinks.id, id)).for('update')
				const [row] = await tx.select().from(accountLinks).where(eq(accountLinks.id, id))
				await tx
					.update(accountLinks)
					.set({ linkRevision: (row?.linkRevision ?? 0) + 1 })
					.where(eq(accountLinks.id, id))
			})
		await Promise.all(Array.from({ length: 8 }, increment))
		expect(await revisionOf(id)).toBe(8)
	})
})
