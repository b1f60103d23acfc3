import { join } from 'node:path'
import { type CommandResult, runScript } from './run-script.ts'

/** Runs `stack <args>` as a person would, with the given variables besides this process's own. */
export function runStackCommand(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  return runScript(join(import.meta.dirname, '..', 'main.ts'), args, env)
}
