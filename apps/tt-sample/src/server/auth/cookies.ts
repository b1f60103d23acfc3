import type {CookiesOptions} from 'next-auth'

/**
 * Cookie names of their own for each app and stack: on one host, cookies are shared by all ports. `Secure` and the
 * browser's own `__Host-` guard wherever the site has https.
 */
export function authCookies({siteUrl, prefix}: {siteUrl: string; prefix: string}): CookiesOptions {
  const secure = siteUrl.startsWith('https://')
  const cookie = (name: string, maxAge?: number) => ({
    name: `${secure ? '__Host-' : ''}${prefix}.${name}`,
    options: {
      httpOnly: true,
      sameSite: 'lax' as const,
      path: '/',
      secure,
      ...(maxAge === undefined ? {} : {maxAge}),
    },
  })
  return {
    sessionToken: cookie('session-token'),
    callbackUrl: cookie('callback-url'),
    csrfToken: cookie('csrf-token'),
    pkceCodeVerifier: cookie('pkce', 15 * 60),
    state: cookie('state', 15 * 60),
    nonce: cookie('nonce'),
  }
}
