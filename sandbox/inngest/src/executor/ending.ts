import type { Json } from '../protocol/canonical-json.ts'
import type { RunError } from '../protocol/parse-reply.ts'

/** How a run ended. */
export type Ending =
  | { status: 'Completed'; output: Json }
  | { status: 'Failed'; error: RunError }
  | { status: 'Cancelled' }
