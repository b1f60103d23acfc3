import type { Json } from '../protocol/canonical-json.ts'
import type { RunError } from '../protocol/parse-reply.ts'

/** How a run ended. */
export type Ending =
  | { status: 'Completed'; output: Json }
  /** `output` is what the app said, as far as it said anything. */
  | { status: 'Failed'; error: RunError; output?: Json }
  | { status: 'Cancelled' }
