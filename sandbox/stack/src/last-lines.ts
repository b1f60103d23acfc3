import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** The last lines of a log file, without terminal colours; none when there is no such file. */
export function lastLines(file: string, count = 12): string[] {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch {
    return []
  }
  try {
    const { size } = fstatSync(handle)
    const length = Math.min(size, 16 * 1024)
    const buffer = Buffer.alloc(length)
    readSync(handle, buffer, 0, length, size - length)
    return (
      buffer
        .toString('utf8')
        // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colour codes begin with one.
        .replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
        .split('\n')
        .map((line) => line.trimEnd())
        .filter((line) => line !== '')
        .slice(-count)
    )
  } finally {
    closeSync(handle)
  }
}
