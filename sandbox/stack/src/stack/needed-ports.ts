import { composeInngestPorts } from '../docker/compose-inngest-part.ts'
import type { PickedParts } from '../picking/picked-parts.ts'
import { type ListeningPart, type PartName, partNames, type StackPorts } from '../ports/ports-of.ts'

const APPS = ['tt', 'ah'] as const

/** The ports that this stack will listen on, and what each is for: those that have to be free. */
export function neededPorts({
  needed,
  picked,
  ports,
  home,
}: {
  needed: ReadonlySet<PartName>
  picked: PickedParts
  ports: StackPorts
  home: boolean
}): { port: number; purpose: string }[] {
  const listens = (name: PartName): name is ListeningPart =>
    name !== 'stripe-listen-tt' && name !== 'stripe-listen-ah'
  const isGiven = (name: PartName) =>
    APPS.some((app) => name === `mysql-${app}` && picked[app].mysql?.source.kind === 'url')
  const list: { port: number; purpose: string }[] = partNames
    .filter((name) => needed.has(name) && !isGiven(name))
    .filter(listens)
    .map((name) => ({ port: ports[name], purpose: name }))
  for (const app of APPS) {
    const kind = picked[app].inngest?.source.kind
    const further =
      kind === 'program'
        ? ports.inngestInternal[app]
        : kind === 'docker'
          ? composeInngestPorts({ app, ports, redis: false })
          : []
    list.push(...further.map((port) => ({ port, purpose: `inngest-${app}` })))
  }
  if (home) list.push({ port: ports.home, purpose: 'the home page' })
  return list
}
