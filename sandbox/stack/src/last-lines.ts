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
    const lines = buffer
      .toString('utf8')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colour codes begin with one.
      .replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
      .split('\n')
    // Cut anywhere, a line may have lost the beginning by which a secret in it is known.
    if (size > length && lines.length > 1) lines.shift()
    return lines
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .slice(-count)
  } finally {
    closeSync(handle)
  }
}
