import { describe, expect, it } from 'vitest'
import type { EmailContent, EmailTemplate } from '../mail/email-content'
import type { DataOf } from './data-of'
import { renderEmail } from './render-email'

const site = 'https://ah.example'
const profileHref = `${site}/profile`
const courses = [
	{ title: 'AI SDK <Crash> Course', href: `${site}/courses/ai-sdk-crash-course/hello` },
	{ title: 'Evals & You', href: `${site}/courses/evals-for-typescript/why` },
]
const courseTitles = courses.map((course) => course.title)
const linked: DataOf<'account-linked'> = {
	method: 'explicit',
	linkedAt: '2026-03-01T10:00:00.000Z',
	profileHref,
	notMeHref: `${site}/account-link/not-me?token=header.pay%2Bload%2F%3D.signature&from=mail`,
}
const unlinked: DataOf<'account-unlinked'> = {
	by: 'user',
	unlinkedAt: '2026-03-01T10:00:00.000Z',
	released: false,
	profileHref,
	linkHref: 'https://tt.example/account',
}
const examples: { [Template in EmailTemplate]: Extract<EmailContent, { template: Template }> } = {
	'access-granted': { template: 'access-granted', data: { courses, profileHref } },
	'access-pending': { template: 'access-pending', data: { courseTitles, linkHref: `${site}/claim` } },
	'access-claimed': { template: 'access-claimed', data: { courses, profileHref } },
	'access-ended': {
		template: 'access-ended',
		data: { courseTitles, reason: 'refund', purchaseId: 'purchase-1' },
	},
	'account-linked': { template: 'account-linked', data: linked },
	'account-unlinked': { template: 'account-unlinked', data: unlinked },
}
const mails = Object.values(examples)

/** Every address a mail leads to. */
function linksIn(html: string): string[] {
	return [...html.matchAll(/href="([^"]+)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'))
}

describe('renderEmail', () => {
	it.each(mails)('$template leads to this app only', async (mail) => {
		const { html, text } = await renderEmail(mail)
		const addresses = [...linksIn(html), ...(text.match(/https?:\/\/\S+/g) ?? [])]
		expect(addresses.length > 0).toBe(mail.template !== 'access-ended')
		expect(addresses.filter((address) => new URL(address).origin !== site)).toEqual([])
	})

	it.each(mails)('$template has every link of its HTML in its plain text too', async (mail) => {
		const { html, text } = await renderEmail(mail)
		expect(linksIn(html).filter((address) => !text.split(/\s/).includes(address))).toEqual([])
	})

	it.each(mails)('$template has a plain-text part without markup', async (mail) => {
		const { text } = await renderEmail(mail)
		expect(text.replace('<Crash>', '')).not.toMatch(/<[a-z/!]|&[a-z]+;/i)
	})

	it.each(mails)('$template holds no address of anybody', async (mail) => {
		const { subject, html, text } = await renderEmail(mail)
		expect(`${subject}${text}${html.replaceAll('@media', '')}`).not.toContain('@')
	})

	it.each(mails)('$template loads nothing from anywhere', async (mail) => {
		const { html } = await renderEmail(mail)
		expect(html).not.toMatch(/<img|src=|url\(|@import|<script|<link /i)
	})

	it.each(mails)('$template has a subject of one line', async (mail) => {
		const { subject } = await renderEmail(mail)
		expect(subject).toMatch(/^[^\r\n]{10,}$/)
	})

	it.each(mails)('$template has colours for clients in the dark', async (mail) => {
		const { html } = await renderEmail(mail)
		expect(html).toContain('prefers-color-scheme: dark')
		expect(html).toContain('content="light dark"')
	})

	it('names both courses of one purchase in one mail, each with its way in', async () => {
		const { subject, html, text } = await renderEmail(examples['access-granted'])
		expect(subject).toBe('AI SDK <Crash> Course and Evals & You are open on AI Hero')
		expect(linksIn(html)).toContain(`${site}/courses/ai-sdk-crash-course/hello`)
		expect(text).toContain(`${site}/courses/evals-for-typescript/why`)
	})

	it('speaks of one course in the singular', async () => {
		const one = courses.slice(1)
		const { subject, text } = await renderEmail({
			template: 'access-granted',
			data: { courses: one, profileHref },
		})
		expect(subject).toBe('Evals & You is open on AI Hero')
		expect(text).toContain('Your course is open')
	})

	it('has words for courses that have left the catalogue', async () => {
		const { subject } = await renderEmail({
			template: 'access-claimed',
			data: { courses: [], profileHref },
		})
		expect(subject).toBe('Your courses are open on AI Hero now')
	})

	it('a title is text, never markup', async () => {
		const { html } = await renderEmail(examples['access-granted'])
		expect(html).toContain('AI SDK &lt;Crash&gt; Course')
		expect(html).not.toContain('<Crash>')
	})

	it('leads from what waits to the page where it is claimed, and to no lesson', async () => {
		const { html } = await renderEmail(examples['access-pending'])
		expect(linksIn(html)).toEqual([`${site}/claim`])
	})

	it('lets whoever did not link undo it, by the very address that was given', async () => {
		const { html, text } = await renderEmail(examples['account-linked'])
		expect(linksIn(html)).toContain(linked.notMeHref)
		expect(text).toContain(`This wasn't me:\n${linked.notMeHref}\n`)
	})

	it.each([
		['explicit', 'confirmed'],
		['oauth-github', 'same GitHub'],
		['oauth-discord', 'same Discord'],
	] as const)('says how the accounts came to be linked: %s', async (method, words) => {
		const { text } = await renderEmail({ template: 'account-linked', data: { ...linked, method } })
		expect(text).toContain(words)
	})

	it('says what stays after an unlink, and what closes after "this was not me"', async () => {
		const stays = await renderEmail(examples['account-unlinked'])
		const closes = await renderEmail({
			template: 'account-unlinked',
			data: { ...unlinked, by: 'not-me', released: true },
		})
		expect(stays.text).toContain('stay open')
		expect(closes.text).toContain('are closed')
		expect(closes.text).not.toContain('stay open')
	})

	it.each([
		['refund', 'was refunded'],
		['dispute', 'reversed by the bank'],
		[null, 'no longer covers'],
	] as const)('says why access ended, and what to quote: %s', async (reason, words) => {
		const { text } = await renderEmail({
			template: 'access-ended',
			data: { courseTitles, reason, purchaseId: 'purchase-1' },
		})
		expect(text).toContain(words)
		expect(text).toContain('purchase-1')
		expect(text).toContain('What you bought on AI Hero itself is not touched.')
	})
})
