import { serviceUrl } from '../app-environment.ts'
import type { StackPorts } from '../ports/ports-of.ts'
import type { RoadName } from './road-names.ts'

/** Where each road leads in a stack that runs every part itself. Base URLs; a part that is elsewhere replaces its own. */
export function roadTargets(ports: StackPorts): Record<RoadName, string> {
  return {
    stripeToTt: serviceUrl(ports, 'tt'),
    stripeToAh: serviceUrl(ports, 'ah'),
    ttToAhInngest: serviceUrl(ports, 'inngest-ah'),
    ahToTtInngest: serviceUrl(ports, 'inngest-tt'),
    ttToAhApi: serviceUrl(ports, 'ah'),
    ahToTtApi: serviceUrl(ports, 'tt'),
    ttToMail: serviceUrl(ports, 'inbox'),
    ahToMail: serviceUrl(ports, 'inbox'),
  }
}
