import { enableCompileCache, flushCompileCache } from 'node:module'
import { memoryFlags } from './cli/memory-flags.ts'

// The flags only count from the start, so this process starts once more, as itself: its id and its streams stay.
const hasFlags = memoryFlags.every((flag) => process.execArgv.includes(flag))
if (!hasFlags && process.execve && process.send === undefined) {
  const words = [process.execPath, ...process.execArgv, ...memoryFlags, ...process.argv.slice(1)]
  process.execve(process.execPath, words, process.env)
}

// Reading this program's own TypeScript takes most of its start: with the cache, a start is three times as fast.
enableCompileCache()

try {
  const { run } = await import('./cli/run.ts')
  await run(process.argv.slice(2))
  flushCompileCache()
} catch (error) {
  const isForPeople = error instanceof Error && error.name === 'StartError'
  const message = isForPeople ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`inngest stand-in: ${message}\n`)
  process.exit(1)
}
