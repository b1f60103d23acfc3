import type { Guard, GuardedProcess } from '../guard/guard.ts'
import type { PartName } from '../ports/ports-of.ts'

/** What a started part looks like from outside. */
export interface StartedPart {
  /** What stands behind the part, for the banner: `MariaDB`, `Inngest (embedded)`, `next dev`. */
  kind: string
  version: string
  url: string
  /** Kind and version in one, where only the start tells them: completes the part's pick. */
  what?: string
  /**
   * Undefined when somebody else runs it, such as a database whose URL was given: it is only used, never stopped. For a
   * container this is the client that holds it; signals and the end are passed on (see docker/).
   */
  process: GuardedProcess | undefined
}

/** How to start one part. It may be started again after it was stopped or killed. */
export interface PartDefinition {
  name: PartName
  start(guard: Guard): Promise<StartedPart>
}
