import type { AppKey } from '../app-environment.ts'
import type { StackOverrides } from '../overrides.ts'
import { pickMail } from '../real-services/pick-mail.ts'
import { pickDiscord, pickGithub } from '../real-services/pick-sign-in.ts'
import { pickStripe } from '../real-services/pick-stripe.ts'
import type { ForcedChoices } from './pick.ts'
import type { PickedServices } from './picked-parts.ts'

/**
 * Picks an app's services outside: real ones whose keys are given, stand-ins for the rest.
 *
 * @throws StackError `not-available` for keys that can't be used
 */
export async function pickServices(
  app: AppKey,
  overrides: StackOverrides,
  choices: ForcedChoices,
): Promise<PickedServices> {
  const [stripe, github, discord, mail] = await Promise.all([
    pickStripe({ app, overrides, forced: choices.stripe }),
    pickGithub({ app, overrides, forced: choices.github }),
    pickDiscord({ app, overrides, forced: choices.discord }),
    pickMail({ app, overrides, forced: choices.mail }),
  ])
  return { stripe, github, discord, mail }
}
