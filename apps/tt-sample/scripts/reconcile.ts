import {reconcileSyncs} from '../src/cross-app'
import {hostContext} from '../src/server/host-context'

/** The sweep by hand, for when the queue that runs it every minute is what is broken. Exits 1 when something was left over. */
async function main(): Promise<void> {
  try {
    const report = await reconcileSyncs(hostContext.crossApp)
    console.log(JSON.stringify(report))
    if (report.problems.length > 0) process.exitCode = 1
  } finally {
    await hostContext.db.$disconnect()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
