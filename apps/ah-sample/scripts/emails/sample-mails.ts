import { renderBody, renderEmail } from '../../src/cross-app/emails/render-email'
import type { EmailContent, EmailTemplate } from '../../src/cross-app/mail/email-content'
import { signInMail } from '../../src/server/sign-in-mail'

/** One mail of this app with sample data, as it would be sent. */
export type SampleMail = { name: string; variant: string; subject: string; html: string; text: string }

type Variants<Template extends EmailTemplate> = Record<
	string,
	Extract<EmailContent, { template: Template }>['data']
>

const site = 'https://ai-hero.example'
const profileHref = `${site}/profile`
const crash = { title: 'AI SDK Crash Course', href: `${site}/courses/ai-sdk-crash-course` }
const evals = { title: 'Evals for TypeScript Developers', href: `${site}/courses/evals-for-typescript` }
const at = '2026-11-21T10:00:00.000Z'
const purchaseId = '8f4e9d1c-6b1a-8c55-9d3e-0a4b6c2d7e11'
const linked = { linkedAt: at, profileHref, notMeHref: `${site}/account-link/not-me?token=sample` }
const unlinked = { unlinkedAt: at, profileHref, linkHref: `${site}/claim` }

/** Each template with each variant that reads differently. A template that is missing does not compile. */
const samples: { [Template in EmailTemplate]: Variants<Template> } = {
	'access-granted': {
		'two courses': { courses: [crash, evals], profileHref },
		'one course': { courses: [crash], profileHref },
		'courses that left the catalogue': { courses: [], profileHref },
	},
	'access-pending': {
		'two courses': { courseTitles: [crash.title, evals.title], linkHref: `${site}/claim` },
		'one course': { courseTitles: [evals.title], linkHref: `${site}/claim` },
	},
	'access-claimed': {
		'two courses': { courses: [crash, evals], profileHref },
		'one course': { courses: [evals], profileHref },
	},
	'access-ended': {
		refund: { courseTitles: [crash.title, evals.title], reason: 'refund', purchaseId },
		dispute: { courseTitles: [crash.title], reason: 'dispute', purchaseId },
		hold: { courseTitles: [crash.title], reason: 'hold', purchaseId },
		'no reason': { courseTitles: [evals.title], reason: null, purchaseId },
	},
	'account-linked': {
		'confirmed by the person': { ...linked, method: 'explicit' },
		'same GitHub account': { ...linked, method: 'oauth-github' },
		'same Discord account': { ...linked, method: 'oauth-discord' },
	},
	'account-unlinked': {
		'by the person': { ...unlinked, by: 'user', released: false },
		'this wasn’t me': { ...unlinked, by: 'not-me', released: true },
		'refused by Total TypeScript': { ...unlinked, by: 'refused', released: true },
		'account deleted': { ...unlinked, by: 'account-deleted', released: false },
	},
}

/** Every mail that this app can send, in each variant. Needs no database and no variables. */
export async function renderSampleMails(): Promise<SampleMail[]> {
	const mails: SampleMail[] = []
	for (const [name, variants] of Object.entries(samples)) {
		for (const [variant, data] of Object.entries(variants)) {
			// Name and data come from one entry of `samples`, whose type pairs them.
			const content = { template: name, data } as EmailContent
			mails.push({ name, variant, ...(await renderEmail(content)) })
		}
	}
	const signIn = await renderBody(
		signInMail({ url: `${site}/api/auth/callback/email?token=sample`, minutes: 30 }),
	)
	return [...mails, { name: 'sign-in', variant: 'email link', ...signIn }]
}
