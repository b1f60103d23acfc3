import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import type { GivenOauth, StackOverrides } from '../overrides.ts'
import type { ServiceChoice } from '../picking/pick.ts'
import type { PickedService } from '../picking/picked-service.ts'
import { givenPair } from './given-pair.ts'
import { realService, standIn } from './picked.ts'

interface PickInput {
  app: AppKey
  overrides: StackOverrides
  forced: ServiceChoice | undefined
}

/**
 * Picks where an app's users sign in with GitHub: github.com when the app's OAuth app is given, else the stand-in.
 *
 * @throws StackError `not-available` when only half of the pair is given, or the real one was asked for without it
 */
export function pickGithub({ app, overrides, forced }: PickInput): PickedService<ServiceChoice> {
  return pickProvider({ app, forced, provider: 'GitHub', prefix: 'GITHUB', given: overrides.github })
}

/**
 * Picks where an app's users sign in with Discord: discord.com when the app's application is given, else the stand-in.
 *
 * @throws as pickGithub does
 */
export function pickDiscord({ app, overrides, forced }: PickInput): PickedService<ServiceChoice> {
  return pickProvider({ app, forced, provider: 'Discord', prefix: 'DISCORD', given: overrides.discord })
}

function pickProvider({
  app,
  forced,
  provider,
  prefix,
  given,
}: {
  app: AppKey
  forced: ServiceChoice | undefined
  provider: string
  prefix: string
  given: GivenOauth
}): PickedService<ServiceChoice> {
  const what = `${provider} stand-in`
  if (forced === 'stand-in') return standIn(what, 'the stand-in was asked for', true)
  const pair = givenPair(app, provider, [
    { name: `${prefix}_CLIENT_ID`, values: given.clientId },
    { name: `${prefix}_CLIENT_SECRET`, values: given.clientSecret },
  ])
  const names = `${app.toUpperCase()}_${prefix}_CLIENT_ID and …_CLIENT_SECRET`
  if (pair === undefined) {
    if (forced !== 'real') return standIn(what, `${names} are not given`, false)
    throw new StackError('not-available', `Real sign-in with ${provider} needs ${names}.`, {
      nextStep: 'docs/real-services.md says where to get them.',
    })
  }
  return realService(provider, {
    [`${prefix}_CLIENT_ID`]: pair[0],
    [`${prefix}_CLIENT_SECRET`]: pair[1],
    [`${prefix}_BASE_URL`]: undefined,
    [`${prefix}_API_BASE_URL`]: undefined,
  })
}
