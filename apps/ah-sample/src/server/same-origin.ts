import { env } from './env'

/**
 * Whether a form was posted by one of this app's own pages. Browsers send `Origin` with every cross-site POST, so a
 * request without it has to say by `Sec-Fetch-Site` that it is from here.
 */
export function isSameOrigin(request: Request, ownUrl: string = env.AUTH_URL): boolean {
	const origin = request.headers.get('origin')
	if (origin !== null) return origin === new URL(ownUrl).origin
	return request.headers.get('sec-fetch-site') === 'same-origin'
}
