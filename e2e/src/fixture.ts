import { createLinkState, type LinkState } from './link-state.ts'
import { createProviders, type Providers } from './providers.ts'
import { createScenario, type Scenario } from './scenario.ts'
import { connectSwitchboard } from './switchboard.ts'
import { readTestStackAddress } from './test-stack.ts'

/** The running test stack as a test uses it: buy, refund, look, and break things. */
export type Fixture = Scenario & {
  links: LinkState
  providers: Providers
  /** When this run's stack was started. */
  startedAt: Date
  faults: ReturnType<typeof connectSwitchboard>
  /** Pulls the plug of a part, stops it politely, or starts it again. */
  part(name: string, verb: 'kill' | 'stop' | 'start'): Promise<void>
}

export function openFixture(): Fixture {
  const address = readTestStackAddress()
  const scenario = createScenario(address.info)
  return {
    ...scenario,
    links: createLinkState(scenario.databases),
    providers: createProviders(address.info),
    startedAt: new Date(address.startedAt),
    faults: connectSwitchboard(address.switchboardUrl),
    async part(name, verb) {
      const response = await fetch(`${address.partsUrl}/${name}/${verb}`, { method: 'POST' })
      if (!response.ok) throw new Error(`Could not ${verb} ${name}: ${await response.text()}`)
    },
  }
}
