import type { GrantAttention, GrantDescription } from '@/cross-app'

type Tone = GrantDescription['tone']

/** A grant's state in support's words: the stored ones, not those for buyers. */
export function describeStatus(status: 'active' | 'pending' | 'suspended' | 'revoked'): {
	tone: Tone
	label: string
} {
	switch (status) {
		case 'active':
			return { tone: 'ready', label: 'Active' }
		case 'pending':
			return { tone: 'pending', label: 'Unclaimed' }
		case 'suspended':
			return { tone: 'attention', label: 'Suspended' }
		case 'revoked':
			return { tone: 'ended', label: 'Revoked' }
	}
}

/** Why somebody should look at a grant, and what to do. */
export const ATTENTION: Record<GrantAttention, string> = {
	alert: 'Something about this purchase was alerted. Look at its timeline, then answer again.',
	'claim-due': 'Its owner has linked their accounts, but has not got it. Answer again.',
}

const STOPS: Record<string, string> = {
	refund: 'refunded',
	dispute: 'payment disputed',
	hold: 'held by Total TypeScript support',
}

/** Why access stopped, in two or three words; null when nothing stopped it. */
export function describeStop(reason: string | null): string | null {
	return reason === null ? null : (STOPS[reason] ?? reason)
}

const METHODS: Record<string, string> = {
	explicit: 'confirmed by the person',
	'oauth-github': 'same GitHub account',
	'oauth-discord': 'same Discord account',
}

/** How a link came about. */
export function describeMethod(method: string | null): string {
	return method === null ? 'not recorded' : (METHODS[method] ?? method)
}

const ENDS: Record<string, string> = {
	user: 'unlinked by the person or support',
	'not-me': '“this wasn’t me”',
	refused: 'refused by Total TypeScript',
	'account-deleted': 'an account was deleted',
}

/** Who or what ended a link. */
export function describeEnd(by: string): string {
	return ENDS[by] ?? by
}

const MAILS: Record<string, string> = {
	'access-granted': 'Your courses are open',
	'access-pending': 'Your courses wait for you',
	'access-claimed': 'Your courses are open now',
	'access-ended': 'Access has ended',
	'account-linked': 'Your accounts are linked',
	'account-unlinked': 'Your accounts are no longer linked',
}

/** What a mail tells. */
export function describeMail(template: string): string {
	return MAILS[template] ?? template
}
