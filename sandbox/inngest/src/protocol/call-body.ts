import { canonicalJson } from './canonical-json.ts'

/** Everything a call to an app is made of. Events and memos are canonical JSON already. */
export type CallInput = {
  runId: string
  functionUuid: string
  requestId: string
  jobId: string
  /** `step` or the hash of a planned step. */
  target: string
  /** From 0. */
  attempt: number
  maximumAttempts: number
  planOnly: boolean
  /** -1 until the SDK chose one. */
  requestVersion: number
  event: string
  /** In the order the steps finished. */
  steps: { id: string; memo: string }[]
}

/**
 * Writes the body of a call, keys sorted and without white space, so that its signature holds.
 * Put together as text: memos may be megabytes and need no second parsing.
 */
export function callBody(input: CallInput): string {
  const context = canonicalJson({
    attempt: input.attempt,
    disable_immediate_execution: input.planOnly,
    env: '',
    fn_id: input.functionUuid,
    job_id: input.jobId,
    max_attempts: input.maximumAttempts,
    qi_id: input.jobId,
    request_id: input.requestId,
    run_id: input.runId,
    stack: { current: input.steps.length, stack: input.steps.map((step) => step.id) },
    step_id: input.target,
    use_api: false,
  })
  const memos = [...input.steps]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((step) => `${JSON.stringify(step.id)}:${step.memo}`)
  return (
    `{"ctx":${context},"event":${input.event},"events":[${input.event}],` +
    `"steps":{${memos.join(',')}},"use_api":false,"version":${input.requestVersion}}`
  )
}
