import { spawn } from 'node:child_process'
import { nodeProgram } from '../paths.ts'

export interface CommandResult {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a script as its command would, with the given variables besides this process's own. */
export async function runScript(
  file: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CommandResult & { ms: number }> {
  const begin = performance.now()
  const child = spawn(nodeProgram(), [file, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { code, stdout, stderr, ms: performance.now() - begin }
}
