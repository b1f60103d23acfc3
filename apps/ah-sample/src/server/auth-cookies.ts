import type { NextAuthConfig } from 'next-auth'
import { env } from './env'

/**
 * Cookie names of this app and stack. Ports don't separate cookies: two apps on `localhost` would sign each other out.
 * Over HTTPS they carry the browser-enforced prefixes.
 */
export function authCookies(options: {
	prefix: string
	secure: boolean
}): NonNullable<NextAuthConfig['cookies']> {
	const { prefix, secure } = options
	const cookie = (name: string, extra: { maxAge?: number } = {}) => ({
		name: nameOf(name, options),
		options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure, ...extra },
	})
	const QUARTER_OF_AN_HOUR = 15 * 60
	return {
		sessionToken: cookie('session-token'),
		callbackUrl: cookie('callback-url'),
		csrfToken: { ...cookie('csrf-token'), name: `${secure ? '__Host-' : ''}${prefix}.csrf-token` },
		pkceCodeVerifier: cookie('pkce-verifier', { maxAge: QUARTER_OF_AN_HOUR }),
		state: cookie('state', { maxAge: QUARTER_OF_AN_HOUR }),
		nonce: cookie('nonce'),
	}
}

function nameOf(name: string, { prefix, secure }: { prefix: string; secure: boolean }): string {
	return `${secure ? '__Secure-' : ''}${prefix}.${name}`
}

/** Where the session's token is, in this app and stack. */
export function sessionCookieName(): string {
	return nameOf('session-token', {
		prefix: env.COOKIE_PREFIX,
		secure: env.AUTH_URL.startsWith('https:'),
	})
}
