import { type Fault, FaultError, readFault } from '@sandbox/fault-proxy'
import { ROAD_NAMES, type RoadName } from '../../roads/road-names.ts'
import { FAULT_WORDS } from './fault-words.ts'

/** What the panel's form asks for. */
export interface RoadFault {
  road: RoadName
  fault: Fault
}

/** The form's fields don't make a fault. The message says which one, for people. */
export class RoadFaultError extends Error {}

/**
 * Reads the panel's form: `road`, `kind`, `milliseconds`, `status`, `share` (0 to 1) and `times` (empty: until it is
 * healed). A number that the chosen fault does not take is left aside.
 *
 * @throws RoadFaultError
 */
export function readRoadFault(form: URLSearchParams): RoadFault {
  const road = readRoad(form.get('road'))
  const words = FAULT_WORDS.find(({ kind }) => kind === form.get('kind'))
  if (words === undefined) throw new RoadFaultError('Choose a fault from the list.')
  const share = readNumber(form, 'share') ?? 1
  const times = readNumber(form, 'times')
  const value: Record<string, unknown> = { kind: words.kind }
  if (words.amount === 'milliseconds') {
    const milliseconds = readNumber(form, 'milliseconds') ?? 2_000
    value[words.kind === 'delay' ? 'delayMs' : 'holdMs'] = milliseconds
  }
  if (words.amount === 'status') value.status = readNumber(form, 'status') ?? 503
  if (share !== 1) {
    value.probability = share
    // Another chance each time: the same one would strike the same requests after every healing.
    value.seed = 1 + Math.floor(Math.random() * 1_000_000)
  }
  if (times !== undefined) value.times = times
  try {
    return { road, fault: readFault(value) }
  } catch (error) {
    if (error instanceof FaultError) throw new RoadFaultError(error.message)
    throw error
  }
}

/** @throws RoadFaultError */
export function readRoad(name: string | null): RoadName {
  const road = ROAD_NAMES.find((each) => each === name)
  if (road === undefined) throw new RoadFaultError('Choose a road from the list.')
  return road
}

function readNumber(form: URLSearchParams, field: string): number | undefined {
  const text = (form.get(field) ?? '').trim()
  if (text === '') return undefined
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(text)) throw new RoadFaultError(`“${field}” must be a number from 0 on.`)
  return Number(text)
}
