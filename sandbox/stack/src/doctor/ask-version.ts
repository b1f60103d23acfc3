import { execFile } from 'node:child_process'

/**
 * The version that a program tells, such as `1.32.0`; `''` when it runs but tells none; undefined when there is no such
 * program, or it doesn't run.
 */
export function askVersion(
  program: string,
  args: readonly string[],
  { signal, env = {} }: { signal: AbortSignal; env?: Record<string, string> },
): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      { signal, env: { ...process.env, DO_NOT_TRACK: '1', ...env }, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (error !== null) return resolve(undefined)
        resolve(/\d+\.\d+(\.\d+)*/.exec(`${stdout}\n${stderr}`)?.[0] ?? '')
      },
    )
  })
}
