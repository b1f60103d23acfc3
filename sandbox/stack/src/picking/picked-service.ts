import type { Pick } from './pick.ts'

/** What a picked service changes in its app's variables; undefined takes one away. */
export type EnvironmentChanges = Record<string, string | undefined>

/** A service outside the databases and Inngest: what was picked, and what its app has to be told. */
export interface PickedService<Choice extends string> {
  pick: Pick<Choice>
  /** Replaces the stand-in's variables; empty for a stand-in. */
  environment: EnvironmentChanges
}
