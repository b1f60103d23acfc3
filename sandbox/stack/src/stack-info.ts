import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lockOwner } from './lock-file.ts'
import { stackFolder } from './paths.ts'
import type { Picks } from './picking/pick.ts'
import type { PartName } from './ports/ports-of.ts'

/** One app in `stack.json`. */
export interface AppInfo {
  /** What a browser types; with `hosts`, only a browser that is told where such names lead. */
  url: string
  databaseUrl: string
  inngestUrl: string
  eventKey: string
  cronSecret: string
}

export interface StripeAccountInfo {
  secretKey: string
  webhookSecret: string
  /** Of a real account in test mode; the stand-in's is at `stripe.url`. */
  dashboardUrl?: string
}

/** The content of `.local/<name>/stack.json`: where everything is, for scripts outside. */
export interface StackInfo {
  name: string
  /** Whether the stack itself runs the apps: as dev servers, as production builds, or not at all. */
  apps: 'dev' | 'start' | 'none'
  tt: AppInfo
  ah: AppInfo
  stripe: { url: string; tt: StripeAccountInfo; ah: StripeAccountInfo }
  inbox: { url: string }
  github: { url: string }
  discord: { url: string }
  /** The page that shows all of this; not there in a stack of some parts only, unless asked for. */
  home?: { url: string }
  /** What this stack runs itself. */
  parts: PartName[]
  /** What stands behind each part and why; a part that isn't in this stack has none. */
  picks: Partial<Picks>
  /** The same in a word each. */
  kinds: { mysql: string; inngest: string; stripe: string }
}

/** A stack's lock: held by the process that supervises it, for as long as it does. */
export function stackLockFile(name: string): string {
  return join(stackFolder(name), 'stack.lock')
}

export function stackInfoFile(name: string): string {
  return join(stackFolder(name), 'stack.json')
}

/** Writes a file that holds secrets: complete or not at all, readable by its owner only. */
export function writePrivateJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(fresh, file)
}

/** What a running stack says of itself; undefined while none of that name is up and ready. */
export function readStackInfo(name = 'dev'): StackInfo | undefined {
  if (lockOwner(stackLockFile(name)) === undefined) return undefined
  try {
    const stored = JSON.parse(readFileSync(stackInfoFile(name), 'utf8')) as StackInfo
    // A stack that was started before an update of this checkout says less.
    return { ...stored, parts: stored.parts ?? [], picks: stored.picks ?? {} }
  } catch {
    return undefined
  }
}
