import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { memoryFlags } from '../cli/memory-flags.ts'

/** A server in a process of its own, so that it can be killed. */
export type ServerProcess = {
  url: string
  port: number
  /** Kills it as a power cut would, with no chance to write anything. */
  kill: () => Promise<void>
  /** Asks it to stop; the exit code. */
  stop: () => Promise<number | null>
  stderr: () => string
}

/** The command-line entry, as users start it. */
export const commandLine = fileURLToPath(new URL('../main.ts', import.meta.url))

/** @throws Error with what it printed when it ends before it is ready */
export async function spawnServer(script: string, words: string[]): Promise<ServerProcess> {
  // With its flags from the start, it need not start twice.
  const child = spawn(process.execPath, [...memoryFlags, script, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let output = ''
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const ready = /ready on (http:\/\/\S+?),/.exec(output)?.[1]
      if (ready) resolve(ready)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}${stderr}`)))
    child.once('error', reject)
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
    return child.exitCode
  }
  return {
    url,
    port: Number(new URL(url).port),
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
    stderr: () => stderr,
  }
}
