import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeProgram } from '../paths.ts'

export interface CommandResult {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs `stack <args>` as a person would, with the given variables besides this process's own. */
export async function runStackCommand(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'main.ts')
  const child = spawn(nodeProgram(), [main, ...args], {
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
  return { code, stdout, stderr }
}
