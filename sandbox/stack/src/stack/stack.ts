import type { AppKey, RouteThrough } from '../app-environment.ts'
import type { ForcedChoices } from '../picking/pick.ts'
import type { PartName } from '../ports/ports-of.ts'
import type { Roads } from '../roads/start-roads.ts'
import type { SiteHosts } from '../site-hosts.ts'
import type { StackInfo } from '../stack-info.ts'
import type { StackProgress } from './progress.ts'

export interface StartStackOptions {
  /** Its data lies in `.local/<name>`; `dev` unless told. */
  name?: string
  /** See `portsOf`; follows from the name unless told. */
  portBase?: number
  /** Run the apps as dev servers, as production builds (made when needed), or not at all. */
  apps: 'dev' | 'start' | 'none'
  /** Start these parts only. A database is then migrated and seeded only if its app is among them. */
  only?: readonly PartName[]
  /**
   * The real parts a person asks for; for the rest the first that works is taken (ADR 11). Without this, as in tests and
   * benchmarks, the stack is the same on every machine: what TT_DATABASE_URL, AH_DATABASE_URL and INNGEST_BIN give, an
   * installed or fetched database server, and stand-ins; no Docker, no other program from PATH, no real keys.
   */
  choices?: ForcedChoices
  /**
   * What the browser calls the two apps instead of `localhost`, so that they are two sites: `tt.test` and `ah.test`, say.
   * Everything still listens on 127.0.0.1 and the parts call each other there; the browser has to be told where the names
   * lead (Chromium: `--host-resolver-rules=MAP *.test 127.0.0.1`).
   */
  hosts?: SiteHosts
  onProgress?: (progress: StackProgress) => void
  /**
   * Is handed, before anything is started, what stops all that has started by then: for a process that is asked to end
   * meanwhile. The start fails then.
   */
  onBegin?: (stop: () => Promise<void>) => void
  /** Put a fault proxy on every road between the parts. True unless `only` is given. */
  roads?: boolean
  /** Addresses to use on some roads instead of the stack's own or the direct ones. */
  routeThrough?: RouteThrough
  /** Serve the home page. True unless `only` is given. */
  home?: boolean
  /** Further variables for the apps; they win over the stack's own. */
  appEnvironment?: Partial<Record<AppKey, Record<string, string>>>
}

/** What is known of a started part. */
export interface PartStatus {
  name: PartName
  kind: string
  version: string
  url: string
  pid: number | undefined
  startedInMs: number
}

export interface Stack {
  info: StackInfo
  /** True when a stack of this name was running before: it is left running by `stop`, and its parts can't be stopped from here. */
  alreadyRunning: boolean
  parts: readonly PartStatus[]
  /** The proxies on the roads, to set faults on; undefined when the roads are direct. */
  roads: Roads | undefined
  /** Lines for a person: what is to be entered at real services, and where data is that was elsewhere at the last start. */
  notes: readonly string[]
  /** Stops every part; nothing is left running. */
  stop(): Promise<void>
  /** Stops one part as an operator would. */
  stopPart(name: PartName): Promise<void>
  /** Starts a part that was stopped or killed, and waits until it is ready; nothing happens when it is running. */
  startPart(name: PartName): Promise<void>
  /** Ends one part by kill -9. */
  killPart(name: PartName): Promise<void>
  /** Freezes one part and everything it started: it takes connections and answers nobody. */
  pausePart(name: PartName): Promise<void>
  /** Lets a frozen part go on. */
  resumePart(name: PartName): Promise<void>
}
