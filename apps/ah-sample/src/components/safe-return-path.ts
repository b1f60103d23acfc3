/**
 * Where to go after signing in. Only a path inside this app is taken from a request; anything else goes to the profile.
 *
 * Browsers read `//host` and `/\host` as other sites, and drop tabs and newlines before they look, so those are
 * refused by shape before the address is parsed.
 *
 * @returns an absolute path with its query, never a host
 */
export function safeReturnPath(requested: unknown): string {
	const fallback = '/profile'
	if (typeof requested !== 'string') return fallback
	if (!/^\/(?![/\\])/.test(requested)) return fallback
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused here
	if (/[\u0000-\u001f\\]/.test(requested)) return fallback
	const base = 'http://inside.invalid'
	if (!URL.canParse(requested, base)) return fallback
	const parsed = new URL(requested, base)
	// Dots may leave two slashes at the front (`/.//host`), so the answer is looked at too, not the request alone.
	if (parsed.origin !== base || parsed.pathname.startsWith('//')) return fallback
	return `${parsed.pathname}${parsed.search}`
}
