import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../sandbox/inngest/src/bench/main.ts', import.meta.url))

type Figures = Record<string, number>

/**
 * The local Inngest server by itself: latency, a chain over two servers, two-step runs a second, memory, disk. With
 * INNGEST_BIN a real one is measured after it, with the same app; its figures begin with `real`.
 *
 * @throws Error when the measurement fails; what it printed is on stderr
 */
export async function inngestServer(options: { onProgress: (line: string) => void }): Promise<Figures> {
  options.onProgress('two servers, an app, 100,000 events and a backlog of 10,000 runs: about a minute')
  const child = spawn(process.execPath, [script, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The benchmark of the Inngest server ended with ${code}.`)
  const results: Record<string, Figures> = JSON.parse(output)
  const real = Object.entries(results['real server'] ?? {})
  return {
    ...results['stand-in'],
    ...Object.fromEntries(
      real.map(([name, value]) => [`real${name[0]?.toUpperCase()}${name.slice(1)}`, value]),
    ),
  }
}
