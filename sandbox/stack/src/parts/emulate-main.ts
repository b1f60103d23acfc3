/**
 * Runs one service of `emulate` from a seed file: `node emulate-main.ts <github|resend> <port> <seed.json>`.
 */
import { readFileSync } from 'node:fs'
import { createEmulator, type SeedConfig } from 'emulate'

const [service, port, seedFile] = process.argv.slice(2)
if ((service !== 'github' && service !== 'resend') || port === undefined || seedFile === undefined) {
  throw new Error('Usage: emulate-main.ts <github|resend> <port> <seed.json>')
}

const emulator = await createEmulator({
  service,
  port: Number(port),
  hostname: '127.0.0.1',
  baseUrl: `http://127.0.0.1:${port}`,
  seed: JSON.parse(readFileSync(seedFile, 'utf8')) as SeedConfig,
})
const stop = () => {
  void emulator.close().finally(() => process.exit(0))
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
console.log(`${service} ready at ${emulator.url}`)
