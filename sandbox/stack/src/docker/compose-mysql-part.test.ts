import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createGuard } from '../guard/guard.ts'
import { stackFolder } from '../paths.ts'
import { composeMysqlPart } from './compose-mysql-part.ts'
import { composeProjectName } from './compose-project.ts'
import { removeComposeProject, stopLeftoverContainers } from './leftover-containers.ts'
import { fakeDocker } from './testing/fake-docker.ts'
import { fakeMysqlServer } from './testing/fake-mysql-server.ts'
import { stackForDocker } from './testing/stack-for-docker.ts'

const PASSWORD = '5f3c1a'

const guard = createGuard()
afterAll(() => guard.close())

function partForTest(port: number) {
  const { stackName, logFile } = stackForDocker()
  return {
    part: composeMysqlPart({ app: 'ah', stackName, port, password: PASSWORD, logFile }),
    stackName,
  }
}

describe('composeMysqlPart', () => {
  it('starts the container and says what the server calls itself', async () => {
    const docker = fakeDocker()
    const port = await fakeMysqlServer(() => true)
    const { part } = partForTest(port)
    expect(await part.start(guard)).toMatchObject({
      kind: 'MySQL (Docker)',
      version: '8.4.10',
      url: `mysql://127.0.0.1:${port}/ah`,
    })
    await docker.running()
    expect(docker.calls().at(-1)).toMatch(/^compose up .* mysql-ah$/)
    expect(docker.environment()).toMatchObject({
      AH_MYSQL_PORT: String(port),
      AH_MYSQL_PASSWORD: PASSWORD,
      TT_MYSQL_PASSWORD: 'not-needed-here',
    })
  })

  it('gives the account its password anew when the volume has outlived its secrets', async () => {
    const docker = fakeDocker()
    const order = join(docker.folder, 'order.sql')
    docker.answer('compose-exec', 'cat > "$folder/order.sql"')
    const { part } = partForTest(await fakeMysqlServer(() => existsSync(order)))
    await part.start(guard)
    expect(docker.calls()).toContain('compose exec -T mysql-ah mysql --user=root')
    expect(readFileSync(order, 'utf8')).toContain(`ALTER USER 'ah'@'%' IDENTIFIED BY '${PASSWORD}';`)
    expect(docker.wholeCalls().join('\n')).not.toContain(PASSWORD)
  })

  it('leaves the password alone when it is the right one (control)', async () => {
    const docker = fakeDocker()
    const { part } = partForTest(await fakeMysqlServer(() => true))
    await part.start(guard)
    expect(docker.calls().join('\n')).not.toContain('compose exec')
  })

  it('refuses a volume that can not be opened, and stops the container', async () => {
    const docker = fakeDocker()
    docker.answer(
      'compose-exec',
      `echo "ERROR 1045 (28000): Access denied for user 'root'@'localhost'" >&2; exit 1`,
    )
    const { part, stackName } = partForTest(await fakeMysqlServer(() => false))
    await expect(part.start(guard)).rejects.toMatchObject({
      code: 'database-refused',
      message: expect.stringContaining('was made with another password'),
      nextStep: `\`npm run stack -- reset --name ${stackName}\` starts from nothing.`,
    })
    expect(docker.calls()).toContain('compose stop --timeout 10 mysql-ah')
  })
})

describe('what a stack leaves in Docker', () => {
  it('has a name that no stack of another checkout has, since a reset there would delete it', () => {
    const names = ['/home/ada/one', '/home/ada/two'].map((checkout) => composeProjectName('dev', checkout))
    expect(new Set(names).size).toBe(2)
    expect(composeProjectName('dev')).toBe(composeProjectName('dev'))
    // What Compose takes for a name.
    for (const name of names) expect(name).toMatch(/^cross-app-dev-[0-9a-f]{8}$/)
  })

  it('is taken down by the next start, and its data stays', async () => {
    const docker = fakeDocker()
    const { part, stackName } = partForTest(await fakeMysqlServer(() => true))
    await part.start(guard)
    await docker.running()
    docker.answer('ps', 'echo 4bb1e2')
    expect(await stopLeftoverContainers(stackName)).toBe(true)
    expect(docker.wholeCalls()).toContain(
      `ps --quiet --filter label=com.docker.compose.project=${composeProjectName(stackName)}`,
    )
    expect(docker.wholeCalls().at(-1)).toBe(
      `compose --progress plain --ansi never --env-file /dev/null -p ${composeProjectName(stackName)} down --timeout 10`,
    )
  })

  it('is nothing after an orderly end', async () => {
    const docker = fakeDocker()
    const { part, stackName } = partForTest(await fakeMysqlServer(() => true))
    const { process } = await part.start(guard)
    await process?.stop()
    expect(await stopLeftoverContainers(stackName)).toBe(false)
    expect(docker.calls().at(-1)).toMatch(/^ps /)
  })

  it('is not looked for by a stack that never used Docker', async () => {
    const docker = fakeDocker()
    const { stackName } = stackForDocker()
    expect(await stopLeftoverContainers(stackName)).toBe(false)
    expect(await removeComposeProject(stackName)).toBe(false)
    expect(docker.calls()).toEqual([])
  })

  it('does not keep a start from trying when Docker is gone', async () => {
    const docker = fakeDocker()
    const { part, stackName } = partForTest(await fakeMysqlServer(() => true))
    await part.start(guard)
    await docker.running()
    docker.answer('ps', 'echo "Cannot connect to the Docker daemon" >&2; exit 1')
    expect(await stopLeftoverContainers(stackName)).toBe(false)
  })

  it('is named when it can not be taken down', async () => {
    const docker = fakeDocker()
    const { part, stackName } = partForTest(await fakeMysqlServer(() => true))
    await part.start(guard)
    await docker.running()
    docker.answer('ps', 'echo 4bb1e2')
    docker.answer('compose-down', 'echo "cannot stop container 4bb1e2" >&2; exit 1')
    await expect(stopLeftoverContainers(stackName)).rejects.toMatchObject({
      message: expect.stringContaining('cannot stop container 4bb1e2'),
      nextStep: expect.stringContaining(`docker compose -p ${composeProjectName(stackName)} down`),
    })
  })

  it('is deleted by a reset, volumes and all, once', async () => {
    const docker = fakeDocker()
    const { part, stackName } = partForTest(await fakeMysqlServer(() => true))
    await part.start(guard)
    await docker.running()
    expect(await removeComposeProject(stackName)).toBe(true)
    expect(docker.wholeCalls().at(-1)).toBe(
      `compose --progress plain --ansi never --env-file /dev/null -p ${composeProjectName(stackName)} down --volumes --remove-orphans --timeout 10`,
    )
    expect(await removeComposeProject(stackName)).toBe(false)
  })

  it('is still known after a reset that could not delete it', async () => {
    const docker = fakeDocker()
    const { part, stackName } = partForTest(await fakeMysqlServer(() => true))
    await part.start(guard)
    docker.answer('compose-down', 'echo "Cannot connect to the Docker daemon" >&2; exit 1')
    await expect(removeComposeProject(stackName)).rejects.toMatchObject({
      message: expect.stringContaining("can't be deleted"),
    })
    rmSync(join(docker.folder, 'compose-down.sh'))
    expect(existsSync(stackFolder(stackName))).toBe(true)
    expect(await removeComposeProject(stackName)).toBe(true)
  })
})
