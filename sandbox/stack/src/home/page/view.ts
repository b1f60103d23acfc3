import type { SetFault } from '@sandbox/fault-proxy'
import type { PartName } from '../../ports/ports-of.ts'
import type { RoadName } from '../../roads/road-names.ts'
import type { PartHealth } from '../health/watch-health.ts'
import type { HomePart } from '../home-stack.ts'
import type { Notice } from '../notices.ts'
import type { Lane, Sequence } from '../sequence/sequence.ts'

/** A link to somewhere in the stack. */
export interface PageLink {
  label: string
  href: string
  /** What one finds there, in a few words. */
  about: string
}

/** Everything one page shows. */
export interface PageView {
  stackName: string
  parts: { part: HomePart; health: PartHealth; log: readonly string[] }[]
  links: readonly PageLink[]
  personas: readonly { name: string; about: string; login: string; email: string }[]
  signIn: { tt: string; ah: string }
  buyUrl: string
  /** Where support sees a purchase; its id comes after it. */
  supportUrl: string
  /** Newest first; empty: nobody has bought anything yet. */
  purchases: readonly Sequence[]
  /** The one the diagram shows. */
  shown: Sequence | undefined
  /** The purchase the page's address asks for, whether or not anything is known of it. */
  asked: string | undefined
  /** Why an app's lane is silent; empty: it answers. */
  silence: Record<Exclude<Lane, 'stripe'>, string>
  roads: { road: RoadName; faults: readonly SetFault[] }[] | undefined
  pausable: readonly { name: PartName; label: string; paused: boolean }[]
  notice: Notice | undefined
  now: number
}
