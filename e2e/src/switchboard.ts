import { type FaultControl, type FaultOrder, startFaultControl } from '@sandbox/fault-proxy'
import type { Stack } from '@sandbox/stack'
import type { RoadName } from '@sandbox/stack/roads/road-names'

/**
 * Lets test workers, which live in other processes, set faults on the roads between a stack's parts.
 *
 * @throws Error for a stack whose parts call each other directly
 */
export async function startSwitchboard({ roads }: Pick<Stack, 'roads'>): Promise<FaultControl> {
  if (roads === undefined) throw new Error('This stack has no roads to set faults on: start it with them.')
  return startFaultControl({ proxies: roads.proxies })
}

/** A test's hand on the switchboard: every fault of the fault proxy, on every road by its name. */
export function connectSwitchboard(url: string) {
  const send = async (path: string, init: RequestInit): Promise<void> => {
    const response = await fetch(`${url}${path}`, init)
    if (!response.ok) throw new Error(`The switchboard refused ${path}: ${await response.text()}`)
  }
  return {
    /** Sets what goes wrong on a road from now on, in place of all before; null: nothing does. */
    setFault: (road: RoadName, fault: FaultOrder | null): Promise<void> =>
      send(`/${road}/faults`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault === null ? [] : [fault]),
      }),
    heal: (): Promise<void> => send('/faults', { method: 'DELETE' }),
  }
}
