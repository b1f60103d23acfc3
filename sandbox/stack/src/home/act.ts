import { isDeepStrictEqual } from 'node:util'
import { describeFault, type Fault } from '@sandbox/fault-proxy'
import { describeError } from '../errors.ts'
import { type PartName, partNames } from '../ports/ports-of.ts'
import { PRESETS } from './faults/presets.ts'
import { RoadFaultError, readRoad, readRoadFault } from './faults/read-road-fault.ts'
import { ROAD_WORDS } from './faults/road-words.ts'
import type { HomeStack } from './home-stack.ts'
import type { Notice } from './notices.ts'
import { PART_WORDS } from './part-words.ts'
import { redact } from './redact.ts'

/** What a form asked for, done; and where on the page to go on. */
export interface Done {
  notice: Notice
  anchor: 'fail' | 'parts'
}

const done = (text: string): Notice => ({ tone: 'done', text })
const failed = (text: string): Notice => ({ tone: 'failed', text })

/**
 * Does what one of the page's forms asks for. Never throws: what went wrong is part of the notice.
 *
 * @returns undefined when there is no such form
 */
export async function act(stack: HomeStack, path: string, form: URLSearchParams): Promise<Done | undefined> {
  const [, area, name] = path.split('/')
  if (area === 'parts') {
    const part = partNames.find((each) => each === name)
    if (part === undefined) return undefined
    const anchor = form.get('back') === 'fail' ? 'fail' : 'parts'
    return { anchor, notice: await actOnPart(stack, part, form.get('verb')) }
  }
  try {
    if (path === '/faults') return { anchor: 'fail', notice: setFault(stack, readRoadFault(form)) }
    if (path === '/presets') {
      const preset = PRESETS.find(({ key }) => key === form.get('preset'))
      if (preset === undefined) return { anchor: 'fail', notice: failed('There is no such fault.') }
      return { anchor: 'fail', notice: setFault(stack, preset) }
    }
    if (path === '/faults/heal') return { anchor: 'fail', notice: await heal(stack, form) }
  } catch (error) {
    if (!(error instanceof RoadFaultError)) throw error
    return { anchor: 'fail', notice: failed(error.message) }
  }
  return undefined
}

async function actOnPart(stack: HomeStack, name: PartName, verb: string | null): Promise<Notice> {
  const label = PART_WORDS[name].name
  try {
    switch (verb) {
      case 'start':
        await stack.startPart(name)
        return done(`${label} runs again.`)
      case 'stop':
        await stack.stopPart(name)
        return done(`${label} is stopped.`)
      case 'kill':
        await stack.killPart(name)
        return done(`${label} was killed.`)
      case 'pause':
        await stack.pausePart(name)
        return done(`${label} is paused: it takes connections and answers nobody.`)
      case 'resume':
        await stack.resumePart(name)
        return done(`${label} goes on.`)
      default:
        return failed('There is no such button.')
    }
  } catch (error) {
    // A part that did not start is described by the end of its log.
    return failed(redact(`${label}: ${describeError(error)}`, stack.secrets()))
  }
}

function setFault({ roads }: HomeStack, { road, fault }: ReturnType<typeof readRoadFault>): Notice {
  const proxy = roads?.proxies[road]
  if (proxy === undefined) return failed('Nothing stands on this road, so nothing can be made to fail on it.')
  // The same one again would change nothing, and have to be healed twice.
  if (!proxy.faults().some((set) => isSame(set.fault, fault))) proxy.addFault(fault)
  return done(`${ROAD_WORDS[road].name}: ${describeFault(fault)}`)
}

/** Whether two faults do the same; a limited one that has struck already does not do the same as a new one. */
function isSame(set: Fault, fault: Fault): boolean {
  return (
    set.times === undefined && isDeepStrictEqual({ ...set, seed: undefined }, { ...fault, seed: undefined })
  )
}

async function heal(stack: HomeStack, form: URLSearchParams): Promise<Notice> {
  const id = form.get('id') ?? ''
  if (id !== 'all') {
    const road = readRoad(form.get('road'))
    const removed = stack.roads?.proxies[road]?.removeFault(id) ?? false
    return done(removed ? `${ROAD_WORDS[road].name} is well again.` : 'It was healed before.')
  }
  for (const proxy of Object.values(stack.roads?.proxies ?? {})) proxy.setFault(null)
  for (const { name, state } of stack.parts()) if (state === 'paused') await stack.resumePart(name)
  return done('Everything is well again: no fault is set, and nothing is paused.')
}
