/**
 * Leads on to a page of this app. Nothing of it is kept, and the page that follows learns of no address with a token in
 * it.
 */
export function seeOther(path: string, cookies: string[] = []): Response {
	const headers = new Headers({
		location: path,
		'cache-control': 'no-store',
		'referrer-policy': 'no-referrer',
	})
	for (const cookie of cookies) headers.append('set-cookie', cookie)
	return new Response(null, { status: 303, headers })
}
