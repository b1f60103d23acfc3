import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'

/** Whether a file is a program that this user may run. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/**
 * The first program of a name on PATH; undefined when there is none.
 *
 * @param path a list like PATH; the machine's own unless told
 */
export function findProgram(name: string, path = process.env.PATH ?? ''): string | undefined {
  return (
    path
      .split(delimiter)
      .filter((folder) => folder !== '')
      // Programs are run in other folders than this: `node_modules/.bin` on a PATH means the one from here.
      .map((folder) => resolve(folder, name))
      .find(isProgram)
  )
}
