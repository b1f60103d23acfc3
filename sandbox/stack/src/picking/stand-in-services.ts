import type { ServiceChoice, StripeChoice } from './pick.ts'
import type { PickedServices } from './picked-parts.ts'
import type { PickedService } from './picked-service.ts'

/** Why nothing else is looked for in a stack that is the same on every machine. */
export const SAME_EVERYWHERE = 'not looked for: this stack is the same on every machine'

function standIn<Choice extends string>(
  { first, choice, what }: { first: Choice; choice: Choice; what: string },
  reason: string,
): PickedService<Choice> {
  const pick = { choice, what, version: '', forced: false, passedOver: [{ choice: first, reason }] }
  return { pick, environment: {} }
}

/**
 * The services of a stack that takes no real keys, whatever a person has given: that of tests and benchmarks, and one
 * whose apps don't run.
 *
 * @param reason for people
 */
export function standInServices(reason: string = SAME_EVERYWHERE): PickedServices {
  const service = (what: string) =>
    standIn<ServiceChoice>({ first: 'real', choice: 'stand-in', what }, reason)
  return {
    stripe: {
      ...standIn<StripeChoice>({ first: 'test-mode', choice: 'sandbox', what: 'Stripe stand-in' }, reason),
      listen: false,
    },
    github: service('GitHub stand-in'),
    discord: service('Discord stand-in'),
    mail: service('Resend stand-in'),
  }
}
