import { normaliseEmail } from '@cross-app/shared'
import NextAuth, { type DefaultSession, type NextAuthConfig } from 'next-auth'
import type { EmailConfig } from 'next-auth/providers'
import { cache } from 'react'
import { recordProviderSignIn } from '@/cross-app'
import { authAdapter } from './auth-adapter'
import { authCookies } from './auth-cookies'
import { discordProvider } from './discord-provider'
import { EMAIL_LINK_MINUTES, sendSignInLink } from './email-link'
import { env } from './env'
import { gitHubProvider } from './github-provider'
import { log } from './log'
import { mayMailSignInLink } from './may-mail-sign-in-link'

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
		...discordProviders(),
		emailLink,
	],
	callbacks: {
		async signIn({ account, profile, email }) {
			if (account?.type === 'email' && email?.verificationRequest === true) {
				const address = account.providerAccountId
				if (await mayMailSignInLink({ email: address, now: new Date() })) return true
				log.warn('auth.sign_in_mail_held_back')
				return '/auth-error?error=TooManyEmails'
			}
			// Without an address that the provider has verified nobody is made, found or attached.
			if (account?.type !== 'oauth' || typeof profile?.email === 'string') return true
			return '/auth-error?error=ProviderEmailMissing'
		},
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
		async signIn({ user, account, profile, isNewUser }) {
			if (account?.type !== 'oauth' || user.id === undefined || typeof profile?.email !== 'string') return
			const { provider, providerAccountId } = account
			const signIn = {
				userId: user.id,
				provider,
				providerAccountId,
				newUser: isNewUser === true,
				vouchedEmail: profile.email,
				at: new Date(),
			}
			await withoutBlockingSignIn('sign-in', () => recordProviderSignIn(signIn))
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

/** Whether people can sign in with Discord here. */
export function discordEnabled(): boolean {
	return env.DISCORD_CLIENT_ID !== undefined && env.DISCORD_CLIENT_SECRET !== undefined
}

function discordProviders() {
	const { DISCORD_CLIENT_ID, DISCORD_CLIENT_SECRET } = env
	if (DISCORD_CLIENT_ID === undefined || DISCORD_CLIENT_SECRET === undefined) return []
	return [
		discordProvider({
			clientId: DISCORD_CLIENT_ID,
			clientSecret: DISCORD_CLIENT_SECRET,
			baseUrl: env.DISCORD_BASE_URL,
			apiBaseUrl: env.DISCORD_API_BASE_URL,
		}),
	]
}

/** What a hook does besides the sign-in may fail; the sign-in must not. */
async function withoutBlockingSignIn(hook: string, work: () => Promise<void>): Promise<void> {
	try {
		await work()
	} catch (error) {
		log.error('auth.hook_failed', { hook, error })
	}
}
