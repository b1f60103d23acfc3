import { finishRun } from '../executor/finish-run.ts'
import { plainError } from '../protocol/parse-reply.ts'
import { type Exchange, sendJson, sendText } from './exchange.ts'
import { mayUseApi } from './post-register.ts'
import type { Routes } from './routes.ts'

/**
 * `POST /v1/checkpoint/{run}/async`: what an SDK sends for a function with `checkpointing`. Nothing of that option is
 * seen when the function is registered, so it is refused here: the run fails for good.
 */
export async function refuseCheckpoint(routes: Routes, exchange: Exchange, runId: string): Promise<void> {
  if (!mayUseApi(routes, exchange)) return sendText(exchange, 401, 'Authentication failed')
  const { context } = routes
  const run = context.store.runs.find(runId)
  const whose = run ? `Function "${run.functionId}" uses` : 'This is for'
  const message = `${whose} the option "checkpointing", which this stand-in does not implement; leave it out`
  if (run && exchange.method === 'POST') {
    const error = plainError(message, 'NotImplementedError')
    await context.store.transactions.run((transaction) =>
      finishRun(context, transaction, run, { status: 'Failed', error }),
    )
  }
  sendJson(exchange, 404, { error: message, status: 404 })
}
