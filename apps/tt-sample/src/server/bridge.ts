import {type Bridge, createBridge} from '@cross-app/shared'
import {env} from './env'

let made: Bridge | undefined

/**
 * This app's end of the bridge to AI Hero. Made at first use: a build has no secrets.
 *
 * @throws ConfigurationError when a secret is too short, or the published example in production
 */
export function bridge(): Bridge {
  made ??= createFromEnvironment()
  return made
}

function createFromEnvironment(): Bridge {
  const settings = env()
  return createBridge({
    self: 'total-typescript',
    peer: 'ai-hero',
    environment: settings.CROSS_APP_ENVIRONMENT,
    secrets: {
      current: settings.CROSS_APP_SECRET,
      next: settings.CROSS_APP_SECRET_NEXT,
      previous: settings.CROSS_APP_SECRET_PREVIOUS,
    },
    eventApi: {
      baseUrl: settings.AI_HERO_INNGEST_BASE_URL,
      eventKey: settings.AI_HERO_INNGEST_EVENT_KEY,
    },
  })
}
