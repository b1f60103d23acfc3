import {findSyncIds, retrySync} from '../src/cross-app'
import {hostContext} from '../src/server/host-context'

/** Sends a sync again under a new revision, also one that AI Hero has refused: `tsx scripts/retry-sync.ts <sync or purchase id> …`. */
async function main(): Promise<void> {
  const ids = process.argv.slice(2)
  if (ids.length === 0 || ids.some((id) => id.startsWith('-'))) {
    throw new Error(
      'Name one or more syncs, or purchases for all of theirs: tsx scripts/retry-sync.ts <id> …',
    )
  }
  try {
    for (const id of ids) {
      for (const syncId of await findSyncIds(hostContext, {id})) {
        const {revision, sent} = await retrySync(hostContext.crossApp, {syncId, actor: 'cli'})
        console.log(`${syncId}: revision ${revision}, ${sent}`)
        if (sent === 'not-sent') process.exitCode = 1
      }
    }
  } finally {
    await hostContext.db.$disconnect()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
