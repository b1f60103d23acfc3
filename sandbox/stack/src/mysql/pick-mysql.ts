import type { AppKey } from '../app-environment.ts'
import { StackError } from '../errors.ts'
import { type Attempt, type Candidate, firstThatWorks, type Picked } from '../picking/first-that-works.ts'
import type { MysqlChoice } from '../picking/pick.ts'
import { SAME_EVERYWHERE } from '../picking/stand-in-services.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { installNextStep } from './find-mysql-program.ts'
import { reasonAgainst } from './reason-against.ts'
import { describeProgram, type MysqlServerProgram } from './server-program.ts'

/** Where an app's database server comes from. */
export type MysqlSource =
  | { kind: 'url'; url: string }
  | { kind: 'program'; program: () => Promise<MysqlServerProgram> }
  | { kind: 'docker' }

/** What can be had on this machine, asked only as far as it is needed; shared by both apps. */
export interface MysqlSearch {
  /** Whether Docker is left out: see `StartStackOptions.choices`. */
  sameEverywhere: boolean
  findInstalled: () => MysqlServerProgram[]
  /** @param pulls whether it may fetch its images */
  tryDocker: (pulls: boolean) => Promise<Attempt<MysqlSource>>
  canUnpackPackage: () => Promise<boolean>
  /** Fetches the package, when the first database starts. */
  unpackPackage: () => Promise<MysqlServerProgram>
}

function installed(programs: readonly MysqlServerProgram[]): Attempt<MysqlSource> {
  const program = programs.find((each) => reasonAgainst(each) === undefined)
  if (program !== undefined) {
    return {
      ok: true,
      what: describeProgram(program),
      version: program.version,
      source: { kind: 'program', program: async () => program },
    }
  }
  const [first] = programs
  return {
    ok: false,
    reason:
      (first && reasonAgainst(first)) ?? 'there is no mysqld or mariadbd on PATH or in the usual folders',
    nextStep: installNextStep(),
  }
}

/**
 * Picks an app's database server: the given URL, an installed server, Docker's, MariaDB from the Debian package. Docker
 * is asked to fetch its images only when it is forced or the last resort.
 *
 * @throws StackError `not-available` when a forced one, or any at all, can't be had
 */
export function pickMysql(
  app: AppKey,
  url: string | undefined,
  search: MysqlSearch,
  forced: MysqlChoice | undefined,
): Promise<Picked<MysqlChoice, MysqlSource>> {
  const variable = app === 'tt' ? 'TT_DATABASE_URL' : 'AH_DATABASE_URL'
  const candidates: Candidate<MysqlChoice, MysqlSource>[] = [
    {
      choice: 'url',
      ...(url === undefined ? {} : { givenBy: variable }),
      // Whether it takes us is seen when the part starts, with a message for each reason.
      attempt: () =>
        url === undefined
          ? {
              ok: false,
              reason: `${variable} is not set`,
              nextStep: `Set ${variable} to mysql://user:password@host:3306/database.`,
            }
          : { ok: true, what: `given by ${variable}`, version: '', source: { kind: 'url', url } },
    },
    { choice: 'installed', attempt: () => installed(search.findInstalled()) },
    {
      choice: 'docker',
      async attempt(asked) {
        if (search.sameEverywhere && !asked) {
          return {
            ok: false,
            reason: SAME_EVERYWHERE,
            nextStep: installNextStep(),
          }
        }
        return search.tryDocker(asked || !(await search.canUnpackPackage()))
      },
    },
    {
      choice: 'package',
      async attempt() {
        if (!(await search.canUnpackPackage())) {
          return {
            ok: false,
            reason: 'this machine has no apt-get and dpkg-deb to fetch the Debian package with',
            nextStep: installNextStep(),
          }
        }
        return {
          ok: true,
          what: 'MariaDB, Debian package',
          version: '',
          source: { kind: 'program', program: search.unpackPackage },
        }
      },
    },
  ]
  return firstThatWorks({ part: `mysql-${app}`, flag: '--mysql', candidates, forced })
}

/**
 * Refuses one given database for both apps: each would find the other one's tables.
 *
 * @throws StackError `database-refused`
 */
export function assertTwoDatabases(sources: Record<AppKey, MysqlSource | undefined>): void {
  const place = (source: MysqlSource | undefined) => {
    if (source?.kind !== 'url') return undefined
    const { host, port, database } = parseDatabaseUrl(source.url)?.connection ?? {}
    return database === undefined ? undefined : `${host}:${port}/${database}`
  }
  const [tt, ah] = [place(sources.tt), place(sources.ah)]
  if (tt === undefined || tt !== ah) return
  throw new StackError(
    'database-refused',
    `TT_DATABASE_URL and AH_DATABASE_URL are the same database (${tt}); the two apps have one each.`,
    { nextStep: 'Create a second one on that server, or give only one of the two.' },
  )
}
