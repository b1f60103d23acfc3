// The control of the kill test: a server that answers events before they are on disk. It has to lose some.
import { startInngestServer } from '../index.ts'

const [port, directory] = process.argv.slice(2)
const server = await startInngestServer({
  port: Number(port),
  retryIntervalMs: 1000,
  answerBeforeCommitMs: 40,
  ...(directory === undefined ? {} : { sqliteDirectory: directory }),
})
process.stdout.write(`ready on ${server.url}, answering before the commit\n`)
