/** A test's process: listens on the port given as argument, and starts a child that does so on the second one. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'

const [port, childPort] = process.argv.slice(2)
createServer().listen(Number(port), '127.0.0.1', () => console.log(`listening on ${port}`))
if (childPort !== undefined) {
  const script = process.argv[1]
  if (script === undefined) throw new Error('This is a script.')
  spawn(process.execPath, [script, childPort], { stdio: 'inherit' })
}
// Asked politely it stays, as a hanging server would.
process.on('SIGTERM', () => console.log('asked to end'))
