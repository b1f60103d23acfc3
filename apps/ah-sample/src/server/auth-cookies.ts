import type { NextAuthConfig } from 'next-auth'

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
		name: `${secure ? '__Secure-' : ''}${prefix}.${name}`,
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
