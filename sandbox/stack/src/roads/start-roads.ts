import { type FaultProxy, startFaultProxy } from '@sandbox/fault-proxy'
import { ROAD_NAMES, type RoadName } from './road-names.ts'

/** A fault proxy on each road between the parts. */
export interface Roads {
  /** The base URL to send to instead of the direct one, by road. */
  routes: Partial<Record<RoadName, string>>
  /** The proxies, to set faults on. A road that was given, or whose end is a real outside service, has none. */
  proxies: Partial<Record<RoadName, FaultProxy>>
  /** Drops all connections and frees the ports. */
  close(): Promise<void>
}

/**
 * Puts a fault proxy on each of these roads, in this process, on free ports of 127.0.0.1. Until a fault is set,
 * everything passes byte by byte. The target need not be up yet.
 *
 * @param targets base URL at the end of each road; see `roadTargets`. A road that is left out, or that leads to an outside
 * service (https), gets no proxy
 * @param routes roads for which the caller has an address of its own: it is used as it is
 */
export async function startRoads({
  targets,
  routes: given = {},
}: {
  targets: Partial<Record<RoadName, string>>
  routes?: Partial<Record<RoadName, string>>
}): Promise<Roads> {
  const proxies: Partial<Record<RoadName, FaultProxy>> = {}
  const routes: Partial<Record<RoadName, string>> = {}
  const close = async () => {
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()))
  }
  try {
    for (const road of ROAD_NAMES) {
      const ownAddress = given[road]
      if (ownAddress !== undefined) {
        routes[road] = ownAddress
        continue
      }
      const target = targets[road]
      if (target === undefined || new URL(target).protocol !== 'http:') continue
      const proxy = await startFaultProxy({ target })
      proxies[road] = proxy
      routes[road] = proxy.url
    }
  } catch (error) {
    await close()
    throw error
  }
  return { routes, proxies, close }
}
