import { LINK_TOKEN_MINUTES } from '@cross-app/shared'
import { env } from '../host'

/** A token on its way through a form: out of the address, readable by no script, for a few minutes. */
export type TokenCookie = {
	name: string
	options: {
		httpOnly: true
		sameSite: 'lax'
		path: '/'
		secure: boolean
		/** Seconds. */
		maxAge: number
	}
}

type Place = { url: string; prefix: string }
const here = (): Place => ({ url: env.AUTH_URL, prefix: env.COOKIE_PREFIX })

/** Where the link token waits for the person's yes. */
export const linkCookie = (place = here()): TokenCookie => cookie('account-link', place)

/** Where a "this wasn't me" waits for its button. */
export const undoCookie = (place = here()): TokenCookie => cookie('account-link-undo', place)

/** The prefix tells stacks on one host apart; over HTTPS the browser itself guards the name. */
function cookie(name: string, { url, prefix }: Place): TokenCookie {
	const secure = url.startsWith('https:')
	return {
		name: `${secure ? '__Host-' : ''}${prefix}.${name}`,
		options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: LINK_TOKEN_MINUTES * 60 },
	}
}

/** The value of a cookie of a request, or null. As it stands: a token has nothing that would be encoded. */
export function readCookie(request: Request, { name }: { name: string }): string | null {
	for (const part of (request.headers.get('cookie') ?? '').split(';')) {
		const [key, ...value] = part.trim().split('=')
		if (key === name) return value.join('=')
	}
	return null
}

/** The `Set-Cookie` line that sets it, or takes it away. */
export function setCookie({ name, options }: TokenCookie, value: string | null): string {
	const secure = options.secure ? '; Secure' : ''
	const maxAge = value === null ? 0 : options.maxAge
	return `${name}=${value ?? ''}; Path=${options.path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`
}
