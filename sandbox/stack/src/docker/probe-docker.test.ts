import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { hasImages, probeDocker } from './probe-docker.ts'
import { fakeDocker, noDocker } from './testing/fake-docker.ts'

const server = (extra: object) => `echo '${JSON.stringify({ Server: { Version: '28.2.2', ...extra } })}'`

describe('probeDocker', () => {
  it('says which Docker and which Compose it is', async () => {
    fakeDocker()
    expect(await probeDocker()).toMatchObject({ ok: true, version: '28.2.2, Compose 2.39.1' })
  })

  it('says no where there is no docker', async () => {
    noDocker()
    expect(await probeDocker()).toMatchObject({ ok: false, reason: 'there is no `docker` on PATH' })
  })

  it('says no when the daemon is not running', async () => {
    const docker = fakeDocker()
    docker.answer(
      'version',
      `echo '{"Client":{"Version":"28.2.2"},"Server":null}'
       echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' >&2
       exit 1`,
    )
    expect(await probeDocker()).toMatchObject({
      ok: false,
      reason: 'the Docker daemon is not running',
      nextStep: expect.stringMatching(/^Start/),
    })
  })

  it('says no when this user may not use the daemon', async () => {
    const docker = fakeDocker()
    docker.answer(
      'version',
      `echo 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock' >&2
       exit 1`,
    )
    expect(await probeDocker()).toMatchObject({
      reason: 'this user may not use the Docker daemon',
      nextStep: expect.stringContaining('usermod'),
    })
  })

  it('repeats what Docker says when it is something else', async () => {
    const docker = fakeDocker()
    docker.answer('version', `echo 'client version 1.24 is too old' >&2; exit 1`)
    expect(await probeDocker()).toMatchObject({
      reason: "the Docker daemon can't be asked: client version 1.24 is too old",
    })
  })

  it('gives up after two seconds on a daemon that hangs, and leaves no process behind', async () => {
    const docker = fakeDocker()
    docker.answer('version', `sleep 60 & echo $! > "$folder/hanging"; wait`)
    const begin = performance.now()
    const probe = await probeDocker()
    expect(performance.now() - begin).toBeLessThan(4_000)
    expect(probe).toMatchObject({ ok: false, reason: 'Docker did not answer within 2 s' })
    const hanging = Number(readFileSync(`${docker.folder}/hanging`, 'utf8'))
    await vi.waitUntil(() => !isAlive(hanging), { timeout: 5_000 })
  })

  it('waits for a daemon that is slow only (control)', async () => {
    const docker = fakeDocker()
    docker.answer('version', `sleep 0.5; ${server({})}`)
    expect(await probeDocker()).toMatchObject({ ok: true })
  })

  it('says no without the compose plugin', async () => {
    const docker = fakeDocker()
    docker.answer('compose-version', `echo 'docker: unknown command: docker compose' >&2; exit 1`)
    expect(await probeDocker()).toMatchObject({ reason: 'Docker has no `compose` plugin' })
  })

  it.each(['1.29.2', '2.23.3', '2.24.3', 'v2.17.2-desktop.1'])('says no to Compose %s', async (version) => {
    const docker = fakeDocker()
    docker.answer('compose-version', `echo ${version}`)
    expect(await probeDocker()).toMatchObject({ reason: expect.stringContaining('is older than 2.24.4') })
  })

  it.each(['2.24.4', 'v2.24.5-desktop.1', '2.35.0', '5.0.0'])('takes Compose %s', async (version) => {
    const docker = fakeDocker()
    docker.answer('compose-version', `echo ${version}`)
    expect(await probeDocker()).toMatchObject({ ok: true })
  })

  it.each(['tcp://192.0.2.1:2375', 'ssh://someone@host.example'])(
    'says no to a daemon elsewhere: %s',
    async (address) => {
      const docker = fakeDocker()
      docker.answer('context', `echo ${address}`)
      expect(await probeDocker()).toMatchObject({ reason: 'the Docker daemon runs on another machine' })
    },
  )

  it.each(['unix:///run/user/1000/docker.sock', 'npipe:////./pipe/docker_engine', 'tcp://127.0.0.1:2375'])(
    'takes a daemon on this machine: %s',
    async (address) => {
      const docker = fakeDocker()
      docker.answer('context', `echo ${address}`)
      expect(await probeDocker()).toMatchObject({ ok: true })
    },
  )

  it('tells from where containers see the apps', async () => {
    const docker = fakeDocker()
    docker.answer('version', server({ Platform: { Name: 'Docker Desktop 4.43.1 (198352)' } }))
    expect(await probeDocker()).toMatchObject({ engine: 'desktop' })
    if (process.platform !== 'linux') return
    docker.answer('version', server({ Platform: { Name: 'Docker Engine - Community' } }))
    expect(await probeDocker()).toMatchObject({ engine: 'linux' })
    docker.answer('version', server({ Components: [{ Name: 'Engine' }, { Name: 'rootlesskit' }] }))
    expect(await probeDocker()).toMatchObject({ engine: 'rootless' })
  })
})

describe('hasImages', () => {
  it('asks for the pinned image', async () => {
    const docker = fakeDocker()
    expect(await hasImages('mysql')).toBe(true)
    expect(docker.calls()).toEqual(['image inspect --format {{.Id}} mysql:8.4.10'])
  })

  it('says no when one is missing, and on any doubt', async () => {
    const docker = fakeDocker()
    docker.answer('image', `echo 'Error: No such image: mysql:8.4.10' >&2; exit 1`)
    expect(await hasImages('mysql')).toBe(false)
    docker.answer('image', 'sleep 60')
    expect(await hasImages('inngest', { limitMs: 300 })).toBe(false)
  })

  it('says no where there is no docker', async () => {
    noDocker()
    expect(await hasImages('mysql')).toBe(false)
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
