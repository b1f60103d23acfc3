import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { createGuard } from '../guard/guard.ts'
import type { PartDefinition } from '../parts/part.ts'
import { freePort } from '../ports/free-port.ts'
import { portsOf, type StackPorts } from '../ports/ports-of.ts'
import { waitUntil } from '../wait-until.ts'
import { composeInngestPart, composeInngestPorts, dockerServeHost } from './compose-inngest-part.ts'
import { composeProjectName } from './compose-project.ts'
import { type FakeDocker, fakeDocker, noDocker } from './testing/fake-docker.ts'
import { healthyServer } from './testing/healthy-server.ts'
import { stackForDocker } from './testing/stack-for-docker.ts'

const secrets = {
  inngestEventKey: { tt: 'event-key-tt', ah: 'event-key-ah' },
  inngestSigningKey: { tt: 'abcd'.repeat(16), ah: 'dcba'.repeat(16) },
}
const DESKTOP = `echo '{"Server":{"Version":"28.2.2","Platform":{"Name":"Docker Desktop 4.43.1"}}}'`
const ROOTLESS = `echo '{"Server":{"Version":"28.2.2","Components":[{"Name":"rootlesskit"}]}}'`

const guard = createGuard()
afterAll(() => guard.close())

function partForTest(ports: StackPorts, { redis = false } = {}) {
  const { stackName, logFile } = stackForDocker()
  const details: string[] = []
  const part = composeInngestPart({
    app: 'tt',
    stackName,
    ports,
    secrets,
    logFile,
    redis,
    onWorking: (detail) => details.push(detail),
  })
  return { part, stackName, logFile, details }
}

/** The error of a part that can't start. */
async function refusal(part: PartDefinition): Promise<unknown> {
  return part.start(guard).then(
    () => {
      throw new Error('It started.')
    },
    (error: unknown) => error,
  )
}

const called = (docker: FakeDocker, call: string) =>
  waitUntil(() => docker.calls().includes(call), { deadlineMs: 10_000, describe: `docker ${call}` })

describe('composeInngestPart', () => {
  it('starts the container and says what it is and where', async () => {
    const docker = fakeDocker()
    const ports = await healthyServer()
    const { part, stackName, logFile, details } = partForTest(ports)
    const started = await part.start(guard)
    await docker.running()
    expect(part.name).toBe('inngest-tt')
    expect(started).toMatchObject({
      kind: 'Inngest server (Docker)',
      version: '1.43.0',
      url: `http://127.0.0.1:${ports['inngest-tt']}`,
    })
    expect(docker.calls()).toContain('compose create inngest-tt')
    expect(docker.calls()).toContain(
      'compose up --no-color --no-log-prefix --abort-on-container-exit inngest-tt',
    )
    expect(docker.wholeCalls().at(-1)).toContain(` -p ${composeProjectName(stackName)} `)
    expect(readFileSync(logFile, 'utf8')).toContain('the container says: hello')
    expect(details).toEqual([])
  })

  it('gives the keys by the environment, and to nobody by an argument', async () => {
    const docker = fakeDocker()
    const { part } = partForTest(await healthyServer())
    await part.start(guard)
    await docker.running()
    expect(docker.environment()).toMatchObject({
      TT_INNGEST_EVENT_KEY: 'event-key-tt',
      TT_INNGEST_SIGNING_KEY: secrets.inngestSigningKey.tt,
      TT_APP_PORT: '12000',
    })
    expect(docker.wholeCalls().join('\n')).not.toMatch(/event-key|abcdabcd/)
  })

  it('starts Redis and Postgres along with it when its queue shall survive', async () => {
    const docker = fakeDocker()
    const { part } = partForTest(await healthyServer(), { redis: true })
    const started = await part.start(guard)
    await docker.running()
    expect(started.kind).toBe('Inngest server (Docker, with Redis and Postgres)')
    expect(docker.calls().at(-1)).toMatch(/^compose up .* inngest-tt-durable redis-tt postgres-tt$/)
    expect(docker.environment()).toMatchObject({ TT_REDIS_PORT: '12070', TT_POSTGRES_PORT: '12071' })
    expect(docker.environment().TT_INNGEST_STORE_PASSWORD).toMatch(/^[0-9a-f]{64}$/)
  })

  it("gives the container the host's network on a Linux engine only", async () => {
    const docker = fakeDocker()
    docker.answer('version', DESKTOP)
    const desktop = partForTest(await healthyServer())
    await desktop.part.start(guard)
    await docker.running()
    expect(docker.wholeCalls().at(-1)).not.toContain('compose.linux.yaml')
    if (process.platform !== 'linux') return
    const other = fakeDocker()
    const linux = partForTest(await healthyServer())
    await linux.part.start(guard)
    await other.running()
    expect(other.wholeCalls().at(-1)).toContain('compose.linux.yaml')
  })

  it('fetches an image that is missing, and says so', async () => {
    const docker = fakeDocker()
    docker.answer('image', 'test -e "$folder/fetched"')
    docker.answer('pull', 'touch "$folder/fetched"')
    const { part, details } = partForTest(await healthyServer())
    await part.start(guard)
    expect(docker.calls()).toContain('pull inngest/inngest:v1.43.0')
    expect(details).toEqual(['fetching the image inngest/inngest:v1.43.0 (once)'])
  })

  it('makes the containers of one stack one after the other', async () => {
    const docker = fakeDocker()
    docker.answer(
      'compose-create',
      'mkdir "$folder/making" || { echo twice >> "$folder/calls"; exit 1; }; sleep 0.2; rmdir "$folder/making"',
    )
    const ports = await healthyServer()
    const { part } = partForTest(ports)
    await Promise.all([part.start(guard), part.start(guard), part.start(guard)])
    expect(docker.calls()).not.toContain('twice')
  })

  it('stops, kills, freezes and thaws the container, not the client', async () => {
    const docker = fakeDocker()
    const { part } = partForTest(await healthyServer())
    const first = await part.start(guard)
    first.process?.signal('SIGSTOP')
    await called(docker, 'compose pause inngest-tt')
    first.process?.signal('SIGCONT')
    await called(docker, 'compose unpause inngest-tt')
    expect(await first.process?.stop()).toEqual({ code: 0, signal: null })
    expect(docker.calls()).toContain('compose stop --timeout 10 inngest-tt')

    const second = await part.start(guard)
    second.process?.signal('SIGKILL')
    await second.process?.ended
    expect(docker.calls()).toContain('compose kill --signal SIGKILL inngest-tt')
    expect(docker.calls()).not.toContain('up: asked to end')
  })

  it('thaws a frozen container before it stops it', async () => {
    const docker = fakeDocker()
    docker.answer('compose-pause', 'sleep 0.3; echo frozen >> "$folder/calls"')
    const { part } = partForTest(await healthyServer())
    const { process } = await part.start(guard)
    await docker.running()
    process?.signal('SIGSTOP')
    await process?.stop()
    expect(docker.calls().slice(-4)).toEqual([
      'compose pause inngest-tt',
      'frozen',
      'compose unpause inngest-tt',
      'compose stop --timeout 10 inngest-tt',
    ])
  })

  it('ends the client when Docker does not stop the container', async () => {
    const docker = fakeDocker()
    docker.answer('compose-stop', 'echo "error during connect" >&2; exit 1')
    const { part } = partForTest(await healthyServer())
    const { process } = await part.start(guard)
    await docker.running()
    expect(await process?.stop()).toEqual({ code: 130, signal: null })
  })

  it('notices a container that ends by itself', async () => {
    const docker = fakeDocker()
    docker.answer('compose-up', 'sleep 0.5; echo "the container says: out of memory"; exit 137')
    const { part } = partForTest(await healthyServer())
    const { process } = await part.start(guard)
    expect(await process?.ended).toEqual({ code: 137, signal: null })
  })

  it('takes the container along when the guard closes', async () => {
    const docker = fakeDocker()
    const { part } = partForTest(await healthyServer())
    const own = createGuard()
    await part.start(own)
    await docker.running()
    await own.close()
    expect(docker.calls()).toContain('up: asked to end')
  })
})

describe('an Inngest part that Docker refuses', () => {
  it('says that there is no docker', async () => {
    noDocker()
    const { part } = partForTest(portsOf(12_000))
    expect(await refusal(part)).toMatchObject({
      code: 'not-available',
      message: "The part inngest-tt can't run in Docker: there is no `docker` on PATH.",
      nextStep: expect.stringMatching(/^Install/),
    })
  })

  it('says that nothing leads from a rootless daemon to the apps', async () => {
    if (process.platform !== 'linux') return
    const docker = fakeDocker()
    docker.answer('version', ROOTLESS)
    const { part } = partForTest(portsOf(12_000))
    expect(await refusal(part)).toMatchObject({
      code: 'not-available',
      message: expect.stringContaining('rootless'),
    })
    expect(docker.calls().join()).not.toContain('create')
  })

  it('says that the image can not be fetched, with what Docker said', async () => {
    const docker = fakeDocker()
    docker.answer('image', 'exit 1')
    docker.answer(
      'pull',
      'echo "Error response from daemon: Get \\"https://registry-1.docker.io/v2/\\": dial tcp: lookup registry-1.docker.io: no such host" >&2; exit 1',
    )
    const { part, logFile } = partForTest(portsOf(12_000))
    expect(await refusal(part)).toMatchObject({
      code: 'part-failed',
      message: expect.stringContaining("inngest/inngest:v1.43.0 can't be fetched; is this machine offline?"),
      nextStep: expect.stringContaining('docker pull inngest/inngest:v1.43.0'),
      logFile,
      lastLines: [expect.stringContaining('no such host')],
    })
  })

  it.each([
    ['toomanyrequests: You have reached your pull rate limit.', 'gives no more images without an account'],
    ['manifest for inngest/inngest:v1.43.0 not found: manifest unknown', 'There is no image'],
    ['write /var/lib/docker/tmp/GetImageBlob1: no space left on device', 'no space left'],
  ])('explains why an image was not fetched: %s', async (said, explained) => {
    const docker = fakeDocker()
    docker.answer('image', 'exit 1')
    docker.answer('pull', `echo '${said}' >&2; exit 1`)
    const { part } = partForTest(portsOf(12_000))
    expect(await refusal(part)).toMatchObject({ message: expect.stringContaining(explained) })
  })

  it('says that the daemon has gone in between', async () => {
    const docker = fakeDocker()
    docker.answer(
      'compose-create',
      'echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2; exit 1',
    )
    const { part } = partForTest(portsOf(12_000))
    expect(await refusal(part)).toMatchObject({
      message: expect.stringContaining('the Docker daemon is not running'),
      nextStep: expect.stringMatching(/^Start/),
    })
  })

  it.each([
    'Bind for 127.0.0.1:12020 failed: port is already allocated',
    'failed to bind host port for 127.0.0.1:12020:172.18.0.2:8288/tcp: address already in use',
    'ports are not available: exposing port TCP 127.0.0.1:12020 -> 127.0.0.1:0: listen tcp 127.0.0.1:12020: bind: address already in use',
  ])('names the port that is taken: %s', async (said) => {
    const docker = fakeDocker()
    docker.answer('compose-up', `echo 'Error response from daemon: ${said}' >&2; exit 1`)
    const { part } = partForTest(portsOf(12_000))
    expect(await refusal(part)).toMatchObject({
      code: 'port-taken',
      message: 'Port 12020, needed for inngest-tt, is taken.',
      nextStep: expect.stringContaining('docker ps'),
    })
  })

  it('shows the last lines of a container that ends at its start', async () => {
    const docker = fakeDocker()
    docker.answer('compose-up', 'echo "Error: signing-key must be valid hex string"; exit 1')
    const { part, stackName } = partForTest({ ...portsOf(12_000), 'inngest-tt': await freePort() })
    expect(await refusal(part)).toMatchObject({
      code: 'part-failed',
      message: expect.stringContaining('its container ended right after its start'),
      // Without its name it would delete the data of another stack.
      nextStep: expect.stringContaining(`npm run stack -- reset --name ${stackName}`),
      lastLines: expect.arrayContaining(['Error: signing-key must be valid hex string']),
    })
    expect(docker.calls()).toContain('compose stop --timeout 10 inngest-tt')
  })
})

describe('the ports of an Inngest part in Docker', () => {
  it("are those of its Connect, and its stores' when it has any", () => {
    const ports = portsOf(12_000)
    expect(composeInngestPorts({ app: 'ah', ports, redis: false })).toEqual([12_063, 12_064, 12_065])
    expect(composeInngestPorts({ app: 'ah', ports, redis: true })).toEqual([
      12_063, 12_064, 12_065, 12_072, 12_073,
    ])
  })

  it('are nobody else’s', () => {
    const { inngestInternal, ...ports } = portsOf(12_000)
    const taken = new Set(Object.values(ports))
    for (const app of ['tt', 'ah'] as const) {
      for (const port of composeInngestPorts({ app, ports: portsOf(12_000), redis: true })) {
        expect(taken.has(port)).toBe(false)
        taken.add(port)
      }
    }
    expect(inngestInternal.tt).toHaveLength(3)
  })
})

describe('dockerServeHost', () => {
  it('is the name of the host in Docker Desktop, and the loopback on a Linux engine', async () => {
    const docker = fakeDocker()
    const ports = portsOf(12_000)
    docker.answer('version', DESKTOP)
    expect(await dockerServeHost({ app: 'ah', ports })).toBe('http://host.docker.internal:12001')
    if (process.platform !== 'linux') return
    fakeDocker()
    expect(await dockerServeHost({ app: 'ah', ports })).toBe('http://127.0.0.1:12001')
  })
})
