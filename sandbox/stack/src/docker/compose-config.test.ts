import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { portsOf } from '../ports/ports-of.ts'
import { composeArguments, composeFolder, composeProjectName } from './compose-project.ts'
import { inngestVariables, mysqlVariables } from './compose-variables.ts'
import type { DockerEngine } from './probe-docker.ts'
import { dockerEnvironment } from './run-docker.ts'

const ENGINES = ['desktop', 'linux'] as const
const PROFILES = [[], ['inngest'], ['inngest-durable'], ['stripe'], ['inngest-durable', 'stripe']]

/** What Compose makes of the files. */
interface ResolvedProject {
  name: string
  services: Record<
    string,
    {
      ports?: { host_ip?: string; published: string }[]
      network_mode?: string
      extra_hosts?: string[]
    }
  >
  volumes: Record<string, { name: string }>
}

function variables(portBase: number): Record<string, string> {
  const ports = portsOf(portBase)
  const secrets = { inngestEventKey: { tt: 'k1', ah: 'k2' }, inngestSigningKey: { tt: 'aa', ah: 'bb' } }
  const of = (app: 'tt' | 'ah') => {
    const all: Record<string, string> = {
      ...mysqlVariables({ app, port: ports[`mysql-${app}`], password: 'p' }),
      ...inngestVariables({ app, ports, secrets }),
    }
    return Object.entries(all).filter(([name]) => name.startsWith(app.toUpperCase()))
  }
  return Object.fromEntries([...of('tt'), ...of('ah')])
}

function config(
  {
    engine,
    profiles,
    stackName = 'test',
    portBase = 12_000,
  }: {
    engine: DockerEngine
    profiles: readonly string[]
    stackName?: string
    portBase?: number
  },
  without = '',
) {
  const given = variables(portBase)
  delete given[without]
  return spawnSync(
    'docker',
    [
      ...composeArguments(stackName, engine),
      ...profiles.flatMap((profile) => ['--profile', profile]),
      'config',
      '--format',
      'json',
    ],
    // Next's types, where a program loads them too, ask for NODE_ENV in every environment.
    { cwd: composeFolder, env: { NODE_ENV: 'test', ...dockerEnvironment(given) }, encoding: 'utf8' },
  )
}

function resolved(options: Parameters<typeof config>[0]): ResolvedProject {
  const { status, stdout, stderr } = config(options)
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return JSON.parse(stdout) as ResolvedProject
}

function findCompose(): boolean {
  try {
    execFileSync('docker', ['compose', 'version'], {
      stdio: 'ignore',
      env: { NODE_ENV: 'test', ...dockerEnvironment() },
    })
    return true
  } catch {
    return false
  }
}

const hasCompose = findCompose()
const reason = hasCompose ? '' : ' (skipped: there is no `docker compose` here)'

describe.skipIf(!hasCompose)(`docker compose config${reason}`, () => {
  it('accepts the files with every profile, on both engines, and publishes on 127.0.0.1 only', () => {
    for (const engine of ENGINES) {
      for (const profiles of PROFILES) {
        const { name, services } = resolved({ engine, profiles })
        expect(name).toBe(composeProjectName('test'))
        expect(Object.keys(services)).toEqual(expect.arrayContaining(['mysql-ah', 'mysql-tt']))
        const addresses = Object.values(services).flatMap(({ ports = [] }) =>
          ports.map((port) => port.host_ip),
        )
        expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']))
      }
    }
  })

  it('publishes what stands in a network of its own, and nothing of what stands in the host’s', () => {
    for (const engine of ENGINES) {
      const { services } = resolved({ engine, profiles: ['*'] })
      for (const [name, { ports = [], network_mode: mode, extra_hosts: hosts }] of Object.entries(services)) {
        const callsApps = /^(inngest|stripe)/.test(name)
        expect([name, mode]).toEqual([name, callsApps && engine === 'linux' ? 'host' : undefined])
        const publishes = mode !== 'host' && !name.startsWith('stripe')
        expect([name, ports.length]).toEqual([name, publishes ? 1 : 0])
        expect([name, hosts !== undefined]).toEqual([name, callsApps && engine === 'desktop'])
      }
    }
  })

  it('has two stacks side by side share nothing', () => {
    for (const engine of ENGINES) {
      const [one, other] = [
        resolved({ engine, profiles: ['*'], stackName: 'one', portBase: 12_000 }),
        resolved({ engine, profiles: ['*'], stackName: 'other', portBase: 12_100 }),
      ]
      const owned = ({ name, services, volumes }: ResolvedProject) => [
        name,
        ...Object.values(volumes).map((volume) => volume.name),
        ...Object.values(services).flatMap(({ ports = [] }) => ports.map(({ published }) => published)),
      ]
      expect(owned(one).length).toBeGreaterThan(10)
      expect(owned(one).filter((thing) => owned(other).includes(thing))).toEqual([])
    }
  })

  it('names a secret that is missing', () => {
    const { status, stderr } = config({ engine: 'desktop', profiles: [] }, 'AH_MYSQL_PASSWORD')
    expect(status).not.toBe(0)
    expect(stderr).toContain("AH_MYSQL_PASSWORD is missing a value: is the password of AI Hero's database")
  })
})
