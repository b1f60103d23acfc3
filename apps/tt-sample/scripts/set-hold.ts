import {parseArgs} from 'node:util'
import {findSyncIds, setHold} from '../src/cross-app'
import {hostContext} from '../src/server/host-context'

const USAGE = 'Use: tsx scripts/set-hold.ts <sync or purchase id> (--reason TEXT | --release)'

/** Closes a course on AI Hero for as long as support wants it closed, or lets it open again. */
async function main(): Promise<void> {
  const {values, positionals} = parseArgs({
    options: {reason: {type: 'string'}, release: {type: 'boolean', default: false}},
    allowPositionals: true,
  })
  const [id] = positionals
  const reason = values.reason?.trim() || null
  if (id === undefined || positionals.length !== 1 || (reason === null) !== values.release) {
    throw new Error(USAGE)
  }
  try {
    for (const syncId of await findSyncIds(hostContext, {id})) {
      const {outcome, revision, sent} = await setHold(hostContext.crossApp, {syncId, reason, actor: 'cli'})
      console.log(`${syncId}: ${outcome}, revision ${revision}, ${sent}`)
      if (sent === 'not-sent') process.exitCode = 1
    }
  } finally {
    await hostContext.db.$disconnect()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
