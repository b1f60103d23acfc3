/** A MySQL or MariaDB server program that can be started on this machine. */
export interface MysqlServerProgram {
  flavour: 'mariadb' | 'mysql'
  executable: string
  /** For example `10.11.19`. */
  version: string
  /** Folder with the scripts for the system tables and the error messages; only MariaDB needs it told. */
  shareFolder: string | undefined
  /** Folders with shared libraries that came with a downloaded server. */
  libraryPath: string | undefined
  /** Where it came from, for people: `installed` or `Debian package`. */
  origin: string
}

/** The environment to run the program with: the machine's own, and the libraries that came with it. */
export function programEnvironment(program: MysqlServerProgram): Record<string, string> {
  const env: Record<string, string> = { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C' }
  if (process.env.HOME !== undefined) env.HOME = process.env.HOME
  if (process.env.TMPDIR !== undefined) env.TMPDIR = process.env.TMPDIR
  if (program.libraryPath !== undefined) env.LD_LIBRARY_PATH = program.libraryPath
  return env
}

/** `MariaDB 10.11.19, installed`. */
export function describeProgram(program: MysqlServerProgram): string {
  return `${program.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${program.version}, ${program.origin}`
}

/** The oldest servers that know the SQL of both apps. */
const OLDEST = { mysql: [8, 0], mariadb: [10, 6] } as const

/** The version from which on a server of this kind can be used; undefined when this one can. */
export function supportedFrom({ flavour, version }: MysqlServerProgram): string | undefined {
  const [major, minor] = OLDEST[flavour]
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number)
  const isSupported = ownMajor > major || (ownMajor === major && ownMinor >= minor)
  return isSupported ? undefined : `${major}.${minor}`
}
