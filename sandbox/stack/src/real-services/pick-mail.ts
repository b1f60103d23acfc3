import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import type { StackOverrides } from '../overrides.ts'
import type { ServiceChoice } from '../picking/pick.ts'
import type { PickedService } from '../picking/picked-service.ts'
import { givenPair } from './given-pair.ts'
import { realService, standIn } from './picked.ts'

/**
 * Picks who sends an app's mails: Resend when its key and a sender are given, else the stand-in with its inbox. The
 * sender goes along, since Resend takes only addresses of a domain that the account has verified.
 *
 * @throws StackError `not-available` when only half of the pair is given, or the real one was asked for without it
 */
export function pickMail({
  app,
  overrides,
  forced,
}: {
  app: AppKey
  overrides: StackOverrides
  forced: ServiceChoice | undefined
}): PickedService<ServiceChoice> {
  const what = 'Resend stand-in'
  if (forced === 'stand-in') return standIn(what, 'the stand-in was asked for', true)
  const pair = givenPair(app, 'Resend', [
    { name: 'RESEND_API_KEY', values: overrides.resendApiKey },
    { name: 'EMAIL_FROM', values: overrides.emailFrom },
  ])
  const names = `${app.toUpperCase()}_RESEND_API_KEY and ${app.toUpperCase()}_EMAIL_FROM`
  if (pair === undefined) {
    if (forced !== 'real') return standIn(what, `${names} are not given`, false)
    throw new StackError('not-available', `Real mails need ${names}.`, {
      nextStep: 'docs/real-services.md says where to get them.',
    })
  }
  return realService('Resend', { RESEND_API_KEY: pair[0], EMAIL_FROM: pair[1], RESEND_BASE_URL: undefined })
}
