import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { SendingContext } from '../context'
import { context, db } from '../host'
import { outbox } from '../schema'
import { randomId } from '../testing/fixtures'
import { dispatchOutbox } from './dispatch-outbox'
import { queueEvent } from './queue-event'
import { readBacklog } from './read-backlog'

type Sent = { id: string; name: string; data: Record<string, unknown> }

/** The app's context, with an Inngest that writes down what it is given, or is down. */
function contextThat(send: 'takes it' | 'is down'): { context: SendingContext; sent: Sent[] } {
	const sent: Sent[] = []
	return {
		sent,
		context: {
			...context,
			async sendInApp(event) {
				if (send === 'is down') throw new Error('down')
				sent.push(event)
			},
		},
	}
}

const queue = (dedupeKey: string) =>
	context.transact((tx) => queueEvent(tx, { dedupeKey, name: 'account/linked', data: { linkedUserId: 'x' } }))

async function readRow(id: string) {
	const [row] = await db.select().from(outbox).where(eq(outbox.id, id))
	return row
}

describe('the outbox', () => {
	it('sends a queued event once, under an id of its own', async () => {
		const { outboxId } = await queue(randomId('happening'))
		const { context, sent } = contextThat('takes it')

		expect(await dispatchOutbox(context, { ids: [outboxId] })).toEqual({ dispatched: 1, failed: 0 })
		expect(await dispatchOutbox(context, { ids: [outboxId] })).toEqual({ dispatched: 0, failed: 0 })

		expect(sent).toEqual([{ id: outboxId, name: 'account/linked', data: { linkedUserId: 'x' } }])
		expect(await readRow(outboxId)).toMatchObject({ nextAttemptAt: null, dispatchedAt: expect.any(Date) })
	})

	it('holds one row for one happening', async () => {
		const dedupeKey = randomId('happening')
		const [first, second] = [await queue(dedupeKey), await queue(dedupeKey)]
		expect(first).toEqual(second)
	})

	it('holds nothing of a change that was undone', async () => {
		const dedupeKey = randomId('happening')
		await expect(
			context.transact(async (tx) => {
				await queueEvent(tx, { dedupeKey, name: 'account/linked', data: {} })
				throw new RangeError('undone')
			}),
		).rejects.toThrow('undone')
		expect(await db.select().from(outbox).where(eq(outbox.dedupeKey, dedupeKey))).toEqual([])
	})

	it('keeps what could not be sent, and sends it later', async () => {
		const { outboxId } = await queue(randomId('happening'))
		expect(await dispatchOutbox(contextThat('is down').context, { ids: [outboxId] })).toEqual({
			dispatched: 0,
			failed: 1,
		})
		expect(await readRow(outboxId)).toMatchObject({ dispatchedAt: null, attempts: 1 })

		const { context, sent } = contextThat('takes it')
		expect(await dispatchOutbox(context, { ids: [outboxId] })).toEqual({ dispatched: 0, failed: 0 })
		await db.execute(sql`UPDATE AI_Outbox SET nextAttemptAt = CURRENT_TIMESTAMP(3) WHERE id = ${outboxId}`)
		expect(await dispatchOutbox(context, { ids: [outboxId] })).toEqual({ dispatched: 1, failed: 0 })
		expect(sent).toHaveLength(1)
	})

	it('is sent again when its sender died between taking and sending', async () => {
		const { outboxId } = await queue(randomId('happening'))
		const died = contextThat('takes it')
		// A process that was killed: it took the row and never came to mark it.
		died.context.sendInApp = () => new Promise(() => {})
		void dispatchOutbox(died.context, { ids: [outboxId] })
		const deadline = Date.now() + 5_000
		while ((await readRow(outboxId))?.attempts !== 1 && Date.now() < deadline);

		const { context, sent } = contextThat('takes it')
		await dispatchOutbox(context, { ids: [outboxId] })
		expect(sent).toEqual([])
		await db.execute(
			sql`UPDATE AI_Outbox SET nextAttemptAt = nextAttemptAt - INTERVAL 60 SECOND WHERE id = ${outboxId}`,
		)
		await dispatchOutbox(context, { ids: [outboxId] })
		expect(sent).toHaveLength(1)
	})

	it('is sent once by several sweeps at the same moment', async () => {
		const queued = await Promise.all(Array.from({ length: 10 }, () => queue(randomId('happening'))))
		const { context, sent } = contextThat('takes it')
		const ids = queued.map(({ outboxId }) => outboxId)
		await Promise.all([1, 2, 3, 4].map(() => dispatchOutbox(context, { ids })))
		expect(sent.map((event) => event.id).sort()).toEqual([...ids].sort())
	})

	it('tells how long its oldest row has been waiting', async () => {
		const { outboxId } = await queue(randomId('happening'))
		await db.execute(
			sql`UPDATE AI_Outbox SET createdAt = createdAt - INTERVAL 20 MINUTE, nextAttemptAt = nextAttemptAt + INTERVAL 1 HOUR WHERE id = ${outboxId}`,
		)
		expect((await readBacklog(context)).oldestSeconds).toBeGreaterThan(1190)
		await db.delete(outbox).where(eq(outbox.id, outboxId))
	})
})
