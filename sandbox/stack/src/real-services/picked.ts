import type { ServiceChoice } from '../picking/pick.ts'
import type { EnvironmentChanges, PickedService } from '../picking/picked-service.ts'

/** A real service, because its keys are given. */
export function realService(what: string, environment: EnvironmentChanges): PickedService<ServiceChoice> {
  return { pick: { choice: 'real', what, version: '', forced: true, passedOver: [] }, environment }
}

/** The stand-in, with the reason why not the real one. */
export function standIn(what: string, reason: string, forced: boolean): PickedService<ServiceChoice> {
  return {
    pick: { choice: 'stand-in', what, version: '', forced, passedOver: [{ choice: 'real', reason }] },
    environment: {},
  }
}
