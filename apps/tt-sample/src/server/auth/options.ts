import type {AuthOptions} from 'next-auth'
import {decode} from 'next-auth/jwt'
import {env} from '../env'
import {hostContext} from '../host-context'
import {log} from '../log'
import {authAdapter} from './adapter'
import {authCookies} from './cookies'
import {discordProvider} from './discord-provider'
import {emailProvider} from './email-provider'
import {findSessionUser} from './find-session-user'
import {githubProvider} from './github-provider'
import {mayMailSignInLink} from './may-mail-sign-in-link'
import {noteProviderSignIn} from './note-sign-in'
import type {ProviderProfile} from './provider-profile'

let options: AuthOptions | undefined

/** NextAuth's configuration of this process: email link, GitHub, Discord where it has keys; sessions as signed cookies. */
export function authOptions(): AuthOptions {
  options ??= createAuthOptions()
  return options
}

function createAuthOptions(): AuthOptions {
  const settings = env()
  const cookies = authCookies({siteUrl: settings.NEXTAUTH_URL, prefix: settings.COOKIE_PREFIX})
  return {
    secret: settings.NEXTAUTH_SECRET,
    adapter: authAdapter(hostContext),
    session: {strategy: 'jwt'},
    jwt: {
      async decode(params) {
        const token = await decode(params)
        return (await findSessionUser(hostContext, token)) === null ? null : token
      },
    },
    cookies,
    useSecureCookies: settings.NEXTAUTH_URL.startsWith('https://'),
    pages: {
      signIn: '/sign-in',
      verifyRequest: '/check-your-email',
      error: '/auth-error',
      signOut: '/account',
    },
    providers: [
      emailProvider(),
      githubProvider({
        clientId: settings.GITHUB_CLIENT_ID,
        clientSecret: settings.GITHUB_CLIENT_SECRET,
        baseUrl: settings.GITHUB_BASE_URL,
        apiBaseUrl: settings.GITHUB_API_BASE_URL,
      }),
      ...(settings.DISCORD_CLIENT_ID === undefined || settings.DISCORD_CLIENT_SECRET === undefined
        ? []
        : [
            discordProvider({
              clientId: settings.DISCORD_CLIENT_ID,
              clientSecret: settings.DISCORD_CLIENT_SECRET,
              baseUrl: settings.DISCORD_BASE_URL,
              apiBaseUrl: settings.DISCORD_API_BASE_URL,
            }),
          ]),
    ],
    callbacks: {
      async signIn({account, profile, email}) {
        if (account?.type === 'email' && email?.verificationRequest === true) {
          if (await mayMailSignInLink(hostContext, {email: account.providerAccountId})) return true
          log.warn('auth.sign-in-mail-held-back')
          return '/auth-error?error=TooManyEmails'
        }
        // Before anything is written: a user is found by this address, so there has to be one.
        if (account?.type !== 'oauth' || vouchedEmailOf(profile) !== null) return true
        log.warn('auth.provider-email-missing', {provider: account.provider})
        return '/auth-error?error=ProviderEmailMissing'
      },
      async jwt({token, user, account}) {
        if (!account) return token
        const row = await hostContext.db.user.findUnique({where: {id: user.id}, select: {roles: true}})
        const signedInBy =
          account.type === 'oauth' ? `${account.provider}:${account.providerAccountId}` : 'email'
        return {sub: user.id, id: user.id, name: user.name, role: row?.roles ?? 'User', signedInBy}
      },
      session: ({session, token}) => ({
        ...session,
        user: {id: token.sub, name: token.name, role: token.role},
      }),
    },
    events: {
      async signIn({user, account, profile}) {
        const vouchedEmail = vouchedEmailOf(profile)
        if (account?.type !== 'oauth' || vouchedEmail === null) return
        try {
          await noteProviderSignIn(hostContext, {
            provider: account.provider,
            providerAccountId: account.providerAccountId,
            userId: user.id,
            vouchedEmail,
          })
        } catch (error) {
          // A sign-in never fails because of a note about it.
          log.error('auth.sign-in-not-noted', {userId: user.id, error})
        }
      },
    },
    logger: {
      // NextAuth's own log prints whole requests and profiles.
      error: (code, metadata) => log.error('auth.error', {code, error: causeOf(metadata)}),
      warn: (code) => log.warn('auth.warning', {code}),
      debug: () => undefined,
    },
  }
}

/** The providers' own profile type is what they were configured to read; NextAuth passes it on untyped. */
function vouchedEmailOf(profile: unknown): string | null {
  const email = (profile as ProviderProfile | undefined)?.email
  return typeof email === 'string' && email !== '' ? email : null
}

function causeOf(metadata: unknown): unknown {
  if (metadata instanceof Error) return metadata
  if (typeof metadata === 'object' && metadata !== null && 'error' in metadata) return metadata.error
  return undefined
}
