/** Bounded: a log line of one endless word would otherwise be searched again from each of its characters. */
const EMAIL_ADDRESS = /[^\s@"'<>(),;:/=&?]{1,128}(?:@|%40)[\p{L}\p{N}.-]{1,253}\.\p{L}{2,}/giu
/** A compact JWS or JWE, whose second part may be empty. */
const TOKEN = /\beyJ[\w-]+(?:\.[\w-]*){2,4}/g
/** Keys of Stripe, Inngest and Resend, as their makers write them; a `signkey-` may carry its environment's name. */
const KEY = /\b(?:(?:sk|rk|pk|whsec|re)_|signkey-)[\w-]{8,}/g
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi
const QUERY_SECRET = /([?&](?:token|code|state|email|proof|client_secret|access_token)=)[^&\s"'\\]+/gi
const NAMED_SECRET =
  /(["']?(?:[\w-]{0,64}(?:password|secret|authorization|cookie|api[_-]?key|event[_-]?key))["']?\s*[:=]\s*)(["']?)[^\s"',;}]+\2/gi
const ADDRESS_PASSWORD = /(:\/\/[^\s:/@]+:)[^\s@]+(?=@)/g
/** Shorter ones would take harmless words out of a text. */
const SHORTEST_SECRET = 6

/**
 * Takes addresses, tokens, keys and passwords out of a text, so that it can be shown.
 *
 * @param secrets further values that must not be shown, wherever they stand
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let result = text
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue
    result = result.replaceAll(secret, '[secret]').replaceAll(encodeURIComponent(secret), '[secret]')
  }
  return result
    .replace(TOKEN, '[token]')
    .replace(ADDRESS_PASSWORD, '$1[secret]')
    .replace(BEARER, '$1 [token]')
    .replace(QUERY_SECRET, '$1[removed]')
    .replace(KEY, '[key]')
    .replace(NAMED_SECRET, '$1$2[removed]$2')
    .replace(EMAIL_ADDRESS, '[email]')
}
