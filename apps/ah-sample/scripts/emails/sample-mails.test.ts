import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { renderSampleMails, type SampleMail } from './sample-mails'

const source = (path: string) => readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8')

/** The templates that a source text can write. */
function templatesIn(text: string): string[] {
	return [...text.matchAll(/case '([\w-]+)':/g)].map((match) => match[1] ?? '').sort()
}

/** The sources that hand a mail to the provider. */
function senders(): string[] {
	const root = new URL('../../src/', import.meta.url)
	return readdirSync(root, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
		.filter((file) => /\bsendEmail\(/.test(readFileSync(new URL(encodeURI(file), root), 'utf8')))
		.sort()
}

describe('the mails to look at', () => {
	let mails: SampleMail[] = []
	beforeAll(async () => {
		mails = await renderSampleMails()
	})

	it('are every template that can be written, and the mail that signs in', () => {
		const templates = templatesIn(source('cross-app/emails/render-email.tsx'))
		expect(templates.length).toBeGreaterThan(5)
		expect([...new Set(mails.map((mail) => mail.name))].sort()).toEqual([...templates, 'sign-in'].sort())
	})

	it('come from every place that sends: another one would need a sample here', () => {
		expect(senders()).toEqual([
			'cross-app/context.ts',
			'cross-app/mail/deliver-email.ts',
			'server/email-link.ts',
			'server/email.ts',
		])
	})

	it('read differently in each variant, and have all their parts', () => {
		expect(new Set(mails.map((mail) => `${mail.name} ${mail.variant}`)).size).toBe(mails.length)
		expect(new Set(mails.map((mail) => `${mail.subject}${mail.text}`)).size).toBe(mails.length)
		for (const { subject, html, text } of mails) {
			expect(subject).toMatch(/^[^\r\n]{10,}$/)
			expect(html).toContain('<')
			expect(text.length).toBeGreaterThan(50)
		}
	})

	it('control: a template that nobody sampled is noticed', () => {
		expect(templatesIn("case 'brand-new':\n\t\treturn brandNew(content.data)")).toEqual(['brand-new'])
	})
})
