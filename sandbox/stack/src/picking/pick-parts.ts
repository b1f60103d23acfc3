import type { AppKey } from '../app-environment.ts'
import type { Guard } from '../guard/guard.ts'
import { fetchInngest } from '../inngest/fetch-inngest.ts'
import { pickInngest } from '../inngest/pick-inngest.ts'
import { findInstalledServers } from '../mysql/find-installed-server.ts'
import { unpackDebianServer } from '../mysql/find-mysql-program.ts'
import { canUnpackDebianPackages } from '../mysql/install-debian-server.ts'
import { assertTwoDatabases, type MysqlSearch, pickMysql } from '../mysql/pick-mysql.ts'
import type { StackOverrides } from '../overrides.ts'
import type { PartName } from '../ports/ports-of.ts'
import { findProgram } from './find-program.ts'
import { once } from './once.ts'
import type { ForcedChoices } from './pick.ts'
import { pickServices } from './pick-services.ts'
import type { PickedForApp, PickedParts } from './picked-parts.ts'
import { standInServices } from './stand-in-services.ts'
import { tryDocker } from './try-docker.ts'

/**
 * Decides for every part what stands behind it. Nothing is started; only what was asked for and has to be fetched before
 * it is known to work (`--real`) is fetched.
 *
 * @param choices undefined: the same on every machine, see `StartStackOptions.choices`
 * @throws StackError `not-available` when a given or forced choice can't be had
 */
export async function pickParts({
  overrides,
  choices,
  wanted,
  prepared,
  guard,
  logFile,
  onWorking,
}: {
  overrides: StackOverrides
  choices: ForcedChoices | undefined
  /** A part that isn't wanted is neither looked for nor refused. */
  wanted: ReadonlySet<PartName>
  /** The apps that this stack runs or prepares: theirs are the services outside. */
  prepared: ReadonlySet<AppKey>
  guard: Guard
  logFile: (step: string) => string
  onWorking: (step: string, detail: string) => void
}): Promise<PickedParts> {
  const sameEverywhere = choices === undefined
  const askInPassing = once(() => tryDocker({ patient: false }))
  const askPatiently = once(() => tryDocker({ patient: true }))
  // It may fetch its images only when it was asked for or is all there is: just then it is worth waiting for.
  const docker = (pulls: boolean) => (pulls ? askPatiently() : askInPassing())
  const search: MysqlSearch = {
    sameEverywhere,
    findInstalled: once(() => findInstalledServers()),
    tryDocker: async (pulls) => (await docker(pulls)).mysql(pulls),
    canUnpackPackage: once(canUnpackDebianPackages),
    unpackPackage: once(() => unpackDebianServer((detail) => onWorking('mysql', detail))),
  }
  const inngest = once(() =>
    pickInngest(
      {
        given: overrides.inngestProgram,
        sameEverywhere,
        findOnPath: () => findProgram('inngest'),
        tryDocker: async (pulls) => (await docker(pulls)).inngest(pulls),
        fetchReal: () =>
          fetchInngest({
            guard,
            logFile: logFile('fetch-inngest'),
            onProgress: (detail) => onWorking('inngest', detail),
          }),
      },
      choices?.inngest,
    ),
  )
  const ofApp = async (app: AppKey): Promise<PickedForApp> => {
    const [mysql, ownInngest, services] = await Promise.all([
      wanted.has(`mysql-${app}`)
        ? pickMysql(app, overrides.databaseUrl[app], search, choices?.mysql)
        : undefined,
      wanted.has(`inngest-${app}`) ? inngest() : undefined,
      sameEverywhere
        ? standInServices()
        : prepared.has(app)
          ? pickServices(app, overrides, choices)
          : standInServices('not looked for: the app is not in this stack'),
    ])
    return { mysql, inngest: ownInngest, ...services }
  }
  const [tt, ah] = await Promise.all([ofApp('tt'), ofApp('ah')])
  assertTwoDatabases({ tt: tt.mysql?.source, ah: ah.mysql?.source })
  return { tt, ah }
}
