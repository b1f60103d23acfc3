import type { ConnectedSignIn } from '@/cross-app/ui/connected-sign-ins'
import { formatDay } from '@/cross-app/ui/format-day'

const NAMES: Record<string, string> = { github: 'GitHub', discord: 'Discord' }

/**
 * The ways into an account, those in use and those on offer.
 *
 * @param input.providers the provider accounts that this account can be reached by; `since` is ISO 8601
 * @param input.discordOffered whether this installation has Discord; an account that is connected shows it anyway
 */
export function describeSignIns(input: {
	providers: { provider: string; since: string | null }[]
	emailVerified: boolean
	email: string
	discordOffered: boolean
}): ConnectedSignIn[] {
	const connected = [...new Set(input.providers.map(({ provider }) => provider))]
	const offered = ['github', ...(input.discordOffered ? ['discord'] : [])]
	return [
		...[...new Set([...offered, ...connected])].map((key) => ({
			key,
			name: NAMES[key] ?? key,
			connected: connected.includes(key),
			note: noteOf(input.providers.find(({ provider }) => provider === key)?.since),
		})),
		{
			key: 'email',
			name: 'Email link',
			// A link to the account's own address always works: whoever reads the mail gets in.
			connected: true,
			note: input.emailVerified ? `${input.email}, confirmed` : `${input.email}, not confirmed yet`,
		},
	]
}

function noteOf(since: string | null | undefined): string | null {
	return since == null ? null : `Since ${formatDay(since)}`
}
