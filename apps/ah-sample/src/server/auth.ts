import { normaliseEmail } from '@cross-app/shared'
import NextAuth, { type DefaultSession, type NextAuthConfig } from 'next-auth'
import type { EmailConfig } from 'next-auth/providers'
import { cache } from 'react'
import { recordProviderAccount } from '@/cross-app'
import { authAdapter } from './auth-adapter'
import { authCookies } from './auth-cookies'
import { EMAIL_LINK_MINUTES, sendSignInLink } from './email-link'
import { env } from './env'
import { gitHubProvider } from './github-provider'
import { log } from './log'

declare module 'next-auth' {
	interface Session {
		user: { id: string; name: string | null; email: string; role: Role } & Omit<DefaultSession['user'], 'id'>
	}
	interface User {
		role?: Role | null
	}
}

export type Role = 'user' | 'admin'
/** The signed-in person, as pages need it. */
export type Viewer = { id: string; name: string | null; email: string; role: Role }

const emailLink: EmailConfig = {
	id: 'email',
	name: 'Email',
	type: 'email',
	from: env.EMAIL_FROM,
	maxAge: EMAIL_LINK_MINUTES * 60,
	options: {},
	normalizeIdentifier: normaliseEmail,
	sendVerificationRequest: ({ identifier, url }) => sendSignInLink({ to: identifier, url }),
}

const config: NextAuthConfig = {
	adapter: authAdapter(),
	secret: env.AUTH_SECRET,
	trustHost: true,
	session: { strategy: 'database' },
	cookies: authCookies({ prefix: env.COOKIE_PREFIX, secure: env.AUTH_URL.startsWith('https:') }),
	pages: { signIn: '/sign-in', verifyRequest: '/check-your-email', error: '/auth-error' },
	providers: [
		gitHubProvider({
			clientId: env.GITHUB_CLIENT_ID,
			clientSecret: env.GITHUB_CLIENT_SECRET,
			baseUrl: env.GITHUB_BASE_URL,
			apiBaseUrl: env.GITHUB_API_BASE_URL,
		}),
		emailLink,
	],
	callbacks: {
		session({ session, user }) {
			const role: Role = user.role === 'admin' ? 'admin' : 'user'
			// Nothing but this leaves the server: no image host, no session token.
			return {
				expires: session.expires,
				user: { id: user.id, name: user.name ?? null, email: user.email, role },
			}
		},
	},
	events: {
		async linkAccount({ user, account }) {
			if (account.type !== 'oauth') return
			await withoutBlockingSignIn('link-account', () =>
				noteProviderAccount({ userId: user.id, account, newUser: false }),
			)
		},
		async signIn({ user, account, isNewUser }) {
			if (account?.type !== 'oauth' || isNewUser !== true) return
			await withoutBlockingSignIn('sign-in', () =>
				noteProviderAccount({ userId: user.id, account, newUser: true }),
			)
		},
	},
	logger: {
		error: (error) => log.error('auth', { error }),
		warn: (code) => log.warn('auth', { code }),
		debug: () => {},
	},
}

export const { auth, signIn, signOut, handlers } = NextAuth(config)

/** The signed-in person, looked up once per request; null when nobody is. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
	const session = await auth()
	if (!session?.user?.id) return null
	const { id, name, email, role } = session.user
	return { id, name, email, role }
})

async function noteProviderAccount(input: {
	userId: string | undefined
	account: { provider: string; providerAccountId: string }
	newUser: boolean
}): Promise<void> {
	if (input.userId === undefined) return
	const { provider, providerAccountId } = input.account
	await recordProviderAccount({ provider, providerAccountId, userId: input.userId, newUser: input.newUser })
}

/** What a hook does besides the sign-in may fail; the sign-in must not. */
async function withoutBlockingSignIn(hook: string, work: () => Promise<void>): Promise<void> {
	try {
		await work()
	} catch (error) {
		log.error('auth.hook_failed', { hook, error })
	}
}
