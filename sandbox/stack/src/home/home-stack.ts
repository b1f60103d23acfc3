import type { Pick } from '../picking/pick.ts'
import type { PartName } from '../ports/ports-of.ts'
import type { Roads } from '../roads/start-roads.ts'

/** How a part stands, as the stack knows it; whether it really answers is asked by the home page itself. */
export type HomePartState =
  /** Not there yet: being started, or waiting for what it needs. */
  | 'starting'
  | 'running'
  /** Frozen by a person (SIGSTOP). */
  | 'paused'
  /** Stopped or killed by a person. */
  | 'stopped'
  /** Ended by itself, or never came up. */
  | 'ended'

/** One part as the home page shows it. */
export interface HomePart {
  name: PartName
  state: HomePartState
  /** For people: `MariaDB`, `Inngest (embedded)`, `next dev`. The name of the choice while it is not started yet. */
  kind: string
  version: string
  /** Base URL that answers, or a `mysql://` URL without user and password. */
  url: string
  /** Why it is what it is; undefined where nothing was to be picked (the apps). */
  pick: Pick | undefined
  /** Whether this process runs it, so that it can be stopped, started and paused from here. */
  controllable: boolean
  /** Milliseconds since 1970 when it was last ready; undefined before. */
  startedAt: number | undefined
  /** How long the last start took, in milliseconds. */
  startedInMs: number | undefined
  /** Absolute path of its log; undefined where there is none. */
  logFile: string | undefined
}

/** What the home page needs of the stack it shows: implemented by `startStack`, in whose process the page runs. */
export interface HomeStack {
  name: string
  apps: 'dev' | 'start' | 'none'
  /** What a browser types to reach the two apps. */
  browserUrls: { tt: string; ah: string }
  /** What another part calls to reach the two apps: by 127.0.0.1, never through a road. */
  serviceUrls: { tt: string; ah: string }
  /** With user and password: the page keeps one connection to each, and only asks whether the server answers. */
  databaseUrls: { tt: string; ah: string }
  /** Every part of this stack, in the order of `partNames`; asked anew for each page. */
  parts(): HomePart[]
  /** SIGTERM, as an operator would. */
  stopPart(name: PartName): Promise<void>
  killPart(name: PartName): Promise<void>
  /** Starts a part that was stopped or killed, and waits until it is ready. */
  startPart(name: PartName): Promise<void>
  /** SIGSTOP to the part and everything it started: connections are taken and nobody answers. */
  pausePart(name: PartName): Promise<void>
  /** SIGCONT. */
  resumePart(name: PartName): Promise<void>
  /** Undefined in a stack with direct roads: the page says so in place of the panel. */
  roads: Roads | undefined
  /** To read both apps' timelines with: `CROSS_APP_SECRET` and `CROSS_APP_ENVIRONMENT`. */
  crossApp: { secret: string; environment: string }
  /** Every secret of this stack, and those given by a person: never shown in a log tail. */
  secrets(): string[]
}
