import { createHash } from 'node:crypto'
import { StackError } from '../errors.ts'

/** The long-running parts of a stack. */
export const partNames = [
  'mysql-tt',
  'mysql-ah',
  'inngest-tt',
  'inngest-ah',
  'stripe',
  'github',
  'inbox',
  'discord',
  'stripe-listen-tt',
  'stripe-listen-ah',
  'tt',
  'ah',
] as const
export type PartName = (typeof partNames)[number]

/** The parts that others call. The Stripe CLI only calls. */
export type ListeningPart = Exclude<PartName, 'stripe-listen-tt' | 'stripe-listen-ah'>

/** A port for each part that listens, and one for the home page. */
export type StackPorts = Record<ListeningPart | 'home', number> & {
  /** The real Inngest server's further ports (connect gateway, its gRPC, the executor's gRPC), per app. */
  inngestInternal: { tt: readonly [number, number, number]; ah: readonly [number, number, number] }
}

const DEFAULT_PORTS: StackPorts = {
  tt: 3000,
  ah: 3001,
  home: 3010,
  'inngest-tt': 8288,
  'inngest-ah': 8388,
  'mysql-tt': 3307,
  'mysql-ah': 3308,
  stripe: 4010,
  github: 4020,
  inbox: 4021,
  discord: 4022,
  inngestInternal: { tt: [8289, 50_052, 50_053], ah: [8389, 50_152, 50_153] },
}

/**
 * The ports of a stack. Without a base: the well-known ones of the stack `dev`.
 *
 * @param portBase first of a hundred ports that belong to the stack
 * @throws StackError `bad-arguments` for a base that leaves no room
 */
export function portsOf(portBase?: number): StackPorts {
  if (portBase === undefined) return DEFAULT_PORTS
  if (!Number.isInteger(portBase) || portBase < 1024 || portBase > 65_436) {
    throw new StackError('bad-arguments', `A port base lies between 1024 and 65436, not ${portBase}.`, {
      nextStep: 'For example: --port-base 19000',
    })
  }
  return {
    tt: portBase,
    ah: portBase + 1,
    home: portBase + 10,
    'inngest-tt': portBase + 20,
    'inngest-ah': portBase + 21,
    'mysql-tt': portBase + 30,
    'mysql-ah': portBase + 31,
    stripe: portBase + 40,
    github: portBase + 50,
    inbox: portBase + 51,
    discord: portBase + 52,
    inngestInternal: {
      tt: [portBase + 60, portBase + 61, portBase + 62],
      ah: [portBase + 63, portBase + 64, portBase + 65],
    },
  }
}

/**
 * The port base that a stack has when nobody gives one: none for `dev`, and for any other name one that follows from
 * the name, below the range from which systems hand out ports by themselves.
 */
export function defaultPortBase(stackName: string): number | undefined {
  if (stackName === 'dev') return undefined
  const number = createHash('sha256').update(stackName).digest().readUInt32BE(0)
  return 20_000 + (number % 120) * 100
}
