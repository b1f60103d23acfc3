import { and, eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailApi, mailsTo } from '../../../tests/setup/mail-api'
import { bridge, context, db } from '../host'
import { confirmLink } from '../links/confirm-link'
import { unlinkOwn } from '../links/unlink-own'
import { dispatchOutbox } from '../outbox/dispatch-outbox'
import { auditEvents, outbox } from '../schema'
import {
	apply,
	aRevision,
	aToken,
	auditedOf,
	deleteUser,
	makeCourse,
	makeLinkedBuyer,
	makeUnlinkedBuyer,
	nextRevision,
	queuedEmails,
} from '../testing/fixtures'
import { type FunctionServer, serveFunctions } from '../testing/run-function'
import { deliverEmail } from './deliver-email'

let functions: FunctionServer
beforeAll(async () => {
	functions = await serveFunctions()
})
afterAll(() => functions.close())

/** The queued mails about something, as rows. */
const rowsAbout = (about: string) =>
	db
		.select()
		.from(outbox)
		.where(and(eq(outbox.kind, 'email'), like(outbox.dedupeKey, `%:${about}:%`)))

/** What Inngest does with the requests for these mails. */
async function send(about: string) {
	const results = []
	for (const { id } of await rowsAbout(about)) {
		const event = { id: `${id}:0`, name: 'email/requested', data: { outboxId: id } }
		results.push(await functions.run('send-email', event))
	}
	return results
}

const subjectsTo = (address: string) => mailsTo(address).map(({ subject }) => subject)

describe('a mail about a purchase', () => {
	it('names both courses of the bundle, once, however often it is asked for', async () => {
		const { owner, user, productId, resourceIds } = await makeLinkedBuyer()
		const second = await makeCourse()
		const purchase = aRevision({ owner, productId })
		await apply(
			purchase,
			aRevision({ owner, productId: second.productId, purchaseId: purchase.purchaseId }),
			purchase,
		)
		expect(await queuedEmails(purchase.purchaseId)).toEqual(['access-granted'])

		await send(purchase.purchaseId)
		await send(purchase.purchaseId)

		const mails = mailsTo(user.email)
		expect(mails).toHaveLength(1)
		for (const slug of [...resourceIds, ...second.resourceIds]) {
			expect(mails[0]?.text).toContain(`/courses/${slug}`)
			expect(mails[0]?.html).toContain(`/courses/${slug}`)
		}
	})

	it('is followed by another one for a course that came when it was sent, or just being written', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const [second, third] = [await makeCourse(), await makeCourse()]
		const purchase = aRevision({ owner, productId })
		const courseOf = (course: { productId: string }) =>
			aRevision({ owner, productId: course.productId, purchaseId: purchase.purchaseId })
		await apply(purchase)
		const [row] = await rowsAbout(purchase.purchaseId)
		await deliverEmail(
			{
				...context,
				async renderEmail(content) {
					await apply(courseOf(second))
					return context.renderEmail(content)
				},
			},
			{ outboxId: row?.id ?? '' },
		)
		await send(purchase.purchaseId)
		await apply(courseOf(third))
		await send(purchase.purchaseId)
		await apply(courseOf(second), courseOf(third))
		await send(purchase.purchaseId)

		const told = mailsTo(user.email).map(({ text }) => text)
		expect(told).toHaveLength(3)
		expect(told[0]).not.toContain(`/courses/${second.resourceIds[0]}`)
		expect(told[1]).toContain(`/courses/${second.resourceIds[0]}`)
		expect(told[2]).toContain(`/courses/${third.resourceIds[0]}`)
	})

	it('waits for a claim: to the proven owner, and to nobody whose address is not proven', async () => {
		const { owner, productId } = await makeUnlinkedBuyer()
		const unproven = aRevision({ owner, productId, proven: false })
		await apply(unproven)
		expect(await queuedEmails(unproven.purchaseId)).toEqual([])

		await apply(nextRevision(unproven, { proven: true }))
		await send(unproven.purchaseId)
		expect(mailsTo(owner.email)).toHaveLength(1)
		expect(mailsTo(owner.email)[0]?.text).toContain('/claim')
	})

	it('tells of the end of what was open, and not of the end of what nobody had', async () => {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase, nextRevision(purchase, { state: 'revoked' }))
		expect(await queuedEmails(purchase.purchaseId)).toEqual(['access-ended', 'access-granted'])
		await send(purchase.purchaseId)
		// That it opened is no longer so.
		expect(mailsTo(user.email)).toHaveLength(1)

		const unclaimed = aRevision({ owner: { ...owner, userId: 'nobody-linked' }, productId, state: 'revoked' })
		await apply(unclaimed)
		expect(await queuedEmails(unclaimed.purchaseId)).toEqual([])
	})

	it('does not tell of a suspension or of its end', async () => {
		const { owner, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		const suspended = nextRevision(purchase, { state: 'suspended' })
		await apply(purchase, suspended, nextRevision(suspended, { state: 'granted' }))
		expect(await queuedEmails(purchase.purchaseId)).toEqual(['access-granted'])
	})
})

describe('the mails of a link', () => {
	it('are one each: linked with a way to undo it, claimed, unlinked', async () => {
		const { owner, user, productId } = await makeUnlinkedBuyer()
		await apply(aRevision({ owner, productId }))
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		await unlinkOwn(context, { userId: user.id })

		await send(owner.userId)
		await send(owner.userId)

		expect(new Set(subjectsTo(user.email)).size).toBe(3)
		expect(mailsTo(user.email)).toHaveLength(3)
		const undo = mailsTo(user.email)
			.map(({ text }) => /account-link\/not-me\?token=([\w.-]+)/.exec(text)?.[1])
			.find((token) => token !== undefined)
		expect(await bridge.verifyUndoToken(undo ?? '')).toEqual({
			sellerUserId: owner.userId,
			linkRevision: 1,
		})
	})

	it('are not sent to an account that is gone', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		await deleteUser(user.id)
		await send(owner.userId)
		expect(mailsTo(user.email)).toEqual([])
		expect(await rowsAbout(owner.userId)).toMatchObject([{ nextAttemptAt: null, dispatchedAt: null }])
	})
})

describe('while the mail provider', () => {
	async function aMail() {
		const { owner, user, productId } = await makeLinkedBuyer()
		const purchase = aRevision({ owner, productId })
		await apply(purchase)
		return { about: purchase.purchaseId, to: user.email }
	}

	it('is down, the grant stands and the mail goes out later, once (case 35)', async () => {
		const { about, to } = await aMail()
		mailApi().refuse.set(to, { status: 503, name: 'service_unavailable' })
		expect(await send(about)).toMatchObject([{ status: 'retry' }])
		expect(await rowsAbout(about)).toMatchObject([{ dispatchedAt: null, nextAttemptAt: expect.any(Date) }])

		mailApi().refuse.delete(to)
		expect(await send(about)).toEqual([{ status: 'completed' }])
		await send(about)
		expect(mailsTo(to)).toHaveLength(1)
		expect(await rowsAbout(about)).toMatchObject([{ dispatchedAt: expect.any(Date), nextAttemptAt: null }])
	})

	it('is asked again by the sweep until it has accepted, and not before the lease is over', async () => {
		const { about } = await aMail()
		const [row] = await rowsAbout(about)
		const requested: string[] = []
		const counting = {
			...context,
			async sendInApp(event: { id: string; name: string; data: Record<string, unknown> }) {
				if (event.data.outboxId === row?.id) requested.push(event.id)
			},
		}
		const ids = [row?.id ?? '']
		await dispatchOutbox(counting, { ids })
		await dispatchOutbox(counting, { ids })
		expect(requested).toHaveLength(1)
		await db
			.update(outbox)
			.set({ nextAttemptAt: new Date() })
			.where(eq(outbox.id, ids[0] ?? ''))
		await dispatchOutbox(counting, { ids })
		expect(new Set(requested).size).toBe(2)
		await send(about)
		await dispatchOutbox(counting, { ids })
		expect(requested).toHaveLength(2)
	})

	it('refuses a mail for good, people are told and nobody tries again', async () => {
		const { about, to } = await aMail()
		mailApi().refuse.set(to, { status: 422, name: 'validation_error' })
		expect(await send(about)).toEqual([{ status: 'completed' }])
		mailApi().refuse.delete(to)
		await send(about)
		expect(mailsTo(to)).toEqual([])
		const alerts = await db
			.select({ action: auditEvents.action })
			.from(auditEvents)
			.where(eq(auditEvents.purchaseId, about))
		expect(alerts.map(({ action }) => action)).toContain('alert.email-refused')
	})

	it('has accepted a mail whose acceptance got lost, it is not sent a second time', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		const [row] = await rowsAbout(owner.userId)
		await send(owner.userId)
		// The process died before it could write that down; written again, the mail has another undo token.
		await db
			.update(outbox)
			.set({ dispatchedAt: null, nextAttemptAt: new Date() })
			.where(eq(outbox.id, row?.id ?? ''))
		expect(await send(owner.userId)).toEqual([{ status: 'completed' }])
		expect(mailsTo(user.email)).toHaveLength(1)
		expect(await rowsAbout(owner.userId)).toMatchObject([{ nextAttemptAt: null }])
		const audited = await auditedOf(row?.id ?? '')
		expect(audited.map(({ data }) => data.acceptedBefore)).toEqual([false, true])
	})

	it('has a mail of the other app about the same happening, ours is sent all the same', async () => {
		const { owner, user } = await makeUnlinkedBuyer()
		await confirmLink(context, { token: aToken(owner), userId: user.id })
		const [row] = await rowsAbout(owner.userId)
		const id = row?.id ?? ''
		// The happening, and so the row's id, is named alike there; both apps may send through one account.
		for (const key of [id, `total-typescript-${id}`]) {
			mailApi().accepted.push({ to: owner.email, subject: 'Linked', html: 'theirs', text: 'theirs', key })
		}
		await send(owner.userId)
		expect(mailsTo(user.email)).toMatchObject([{ key: `ai-hero-${id}` }])
	})
})
