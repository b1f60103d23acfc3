import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appPaths } from '../app-environment.ts'
import { PINNED_INNGEST } from '../inngest/inngest-version.ts'
import { portsOf } from '../ports/ports-of.ts'
import { webhookEvents } from '../stripe-test-mode/webhook-events.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { dockerImages, dockerVersions } from './compose-project.ts'
import { inngestStorePorts, inngestVariables, mysqlVariables } from './compose-variables.ts'
import { composeText, parseComposeFile } from './testing/compose-file.ts'
import { findBreaches } from './testing/find-breaches.ts'

const text = composeText('compose.yaml')
const file = parseComposeFile(text)
const linux = parseComposeFile(composeText('compose.linux.yaml'))
const SERVICES = [
  'mysql-tt',
  'mysql-ah',
  'inngest-tt',
  'inngest-ah',
  'inngest-tt-durable',
  'inngest-ah-durable',
  'redis-tt',
  'redis-ah',
  'postgres-tt',
  'postgres-ah',
  'stripe-tt',
  'stripe-ah',
]

describe('docker/compose.yaml', () => {
  it('has every part twice, one for each app', () => {
    expect(Object.keys(file.services).toSorted()).toEqual(SERVICES.toSorted())
  })

  it('publishes on 127.0.0.1 only, pins every image, tells every health, and holds no secret', () => {
    expect(findBreaches(file, text)).toEqual([])
  })

  it.each([
    ['a port without an address', /127\.0\.0\.1:(?=\$\{TT_MYSQL_PORT)/, '', 'beyond 127.0.0.1'],
    ['a port for everybody', /127\.0\.0\.1(?=:\$\{TT_REDIS_PORT)/, '0.0.0.0', 'beyond 127.0.0.1'],
    ['a port that two stacks would share', /\$\{TT_INNGEST_PORT:-8288\}(?=:)/, '8288', "can't be moved"],
    ['the latest image', /(?<=redis:)7\.4\.5-alpine/, 'latest', 'not pinned'],
    ['a moving image', /(?<=mysql:8\.4)\.10/, '', 'not pinned'],
    ['an image without a version', /(?<=stripe-cli):v1\.50\.4/, '', 'not pinned'],
    ['a service without a health check', / +healthcheck: \*inngest-healthcheck\n/, '', 'tell its health'],
    ['a folder of the host', /mysql-tt(?=:\/var)/, './data', 'not a named volume'],
    ['a local clock', /TZ: UTC/, 'TZ: Europe/Berlin', 'not set to UTC'],
    ['a password', /\$\{TT_MYSQL_PASSWORD:\?[^}]*\}/, 'hunter2', 'MYSQL_PASSWORD is a literal'],
    ['a password within an address', /(?<=redis:\/\/:)\$\{[^}]*\}/, 'hunter2', 'a literal password'],
    ['a key', /\$\{TT_STRIPE_SECRET_KEY-\}/, `sk_${'test'}_${'4eC39HqLyjWD'}`, 'looks like a secret'],
  ])('would be found out with %s (control)', (_, good, bad, breach) => {
    expect(text).toMatch(good)
    const broken = text.replace(good, bad)
    expect(findBreaches(parseComposeFile(broken), broken).join('\n')).toContain(breach)
  })

  it('runs the databases as the stack runs its own', () => {
    const own = readFileSync(new URL('../mysql/start-mysql.ts', import.meta.url), 'utf8')
    for (const app of ['tt', 'ah']) {
      const flags = file.services[`mysql-${app}`]?.command ?? []
      const sqlMode = flags.find((flag) => flag.startsWith('--sql-mode='))?.replace('--sql-mode=', '')
      expect(own).toContain(`'${sqlMode}'`)
      for (const flag of flags) {
        if (/^--(sql-mode|lower-case-table-names)=/.test(flag)) continue
        expect(own).toContain(`'${flag}'`)
      }
      expect(flags).toEqual(
        expect.arrayContaining(['--default-time-zone=+00:00', '--character-set-server=utf8mb4']),
      )
    }
  })

  it('lets root into a database from inside its container only', () => {
    for (const app of ['tt', 'ah']) {
      expect(file.services[`mysql-${app}`]?.environment).toMatchObject({ MYSQL_ROOT_HOST: 'localhost' })
    }
  })

  it('pins what the stack says and looks for', () => {
    expect(file.services['mysql-tt']?.image).toBe(`mysql:${dockerVersions.mysql}`)
    expect(file.services['inngest-tt']?.image).toBe(`inngest/inngest:${dockerVersions.inngest}`)
    const images = (names: string[]) => names.map((name) => file.services[name]?.image)
    expect(images(['mysql-ah'])).toEqual(dockerImages.mysql)
    expect(images(['inngest-ah'])).toEqual(dockerImages.inngest)
    expect(images(['inngest-ah-durable', 'redis-ah', 'postgres-ah'])).toEqual(dockerImages['inngest-durable'])
  })

  it('has the Inngest that --real fetches', () => {
    expect(dockerVersions.inngest).toBe(`v${PINNED_INNGEST}`)
  })

  it('calls the apps where they are to be called', () => {
    for (const app of ['tt', 'ah'] as const) {
      for (const name of [`inngest-${app}`, `inngest-${app}-durable`]) {
        for (const one of [file, linux]) {
          expect(one.services[name]?.command?.at(-1)).toMatch(new RegExp(`${appPaths.inngest}$`))
        }
      }
      expect(file.services[`stripe-${app}`]?.environment?.FORWARD_TO).toMatch(
        new RegExp(`${appPaths.stripeWebhook}$`),
      )
      expect(file.services[`stripe-${app}`]?.environment?.EVENTS?.split(',')).toEqual(webhookEvents[app])
    }
  })

  it('keeps a durable queue on disk and never drops a part of it', () => {
    const command = file.services['redis-tt']?.command?.join(' ')
    expect(command).toContain('--appendonly yes')
    expect(command).toContain('--maxmemory-policy noeviction')
  })
})

describe("the Stripe CLI's container", () => {
  /** Runs what the container runs, with a double of the CLI that says what the real one says at its start. */
  function run(key: string) {
    const folder = temporaryFolder()
    const cli = join(folder, 'stripe')
    writeFileSync(
      cli,
      '#!/bin/sh\necho "$*"\necho "Ready! Your webhook signing secret is whsec_5f3c1a9b (^C to quit)"\necho done\n',
    )
    chmodSync(cli, 0o755)
    const [shell = '', ...rest] = file.services['stripe-tt']?.entrypoint ?? []
    const args = rest.map((part) => part.replaceAll('$$', '$').replaceAll('/tmp/log', join(folder, 'log')))
    return spawnSync(shell, args, {
      encoding: 'utf8',
      env: {
        NODE_ENV: 'test',
        PATH: `${folder}:${process.env.PATH}`,
        STRIPE_API_KEY: key,
        KEY_VARIABLE: 'TT_STRIPE_SECRET_KEY',
        FORWARD_TO: 'http://127.0.0.1:3000/x',
        EVENTS: 'charge.refunded',
      },
    })
  }

  it('listens for what the app handles, and keeps the signing secret out of its log', () => {
    const { status, stdout } = run('sk_test_1')
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'listen --skip-update --forward-to http://127.0.0.1:3000/x --events charge.refunded',
      'Ready! Your webhook signing secret is whsec_(not logged)',
      'done',
      '',
    ])
  })

  it.each(['', 'sk_live_1', 'whatever'])('refuses to start with the key "%s"', (key) => {
    const { status, stdout, stderr } = run(key)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('TT_STRIPE_SECRET_KEY has to be a Stripe test key')
  })
})

describe('docker/compose.linux.yaml', () => {
  it("gives exactly the containers that call the apps the host's network", () => {
    expect(Object.keys(linux.services).toSorted()).toEqual(
      SERVICES.filter((name) => /^(inngest|stripe)/.test(name)).toSorted(),
    )
    for (const service of Object.values(linux.services)) expect(service.network_mode).toBe('host')
  })

  it('has them listen on 127.0.0.1 and call there', () => {
    for (const [name, { command, environment }] of Object.entries(linux.services)) {
      if (name.startsWith('inngest')) {
        expect(command).toContain('--host=127.0.0.1')
        expect(command?.at(-1)).toContain('http://127.0.0.1:')
      } else {
        expect(environment?.FORWARD_TO).toContain('http://127.0.0.1:')
      }
    }
  })
})

describe('the variables that the stack gives', () => {
  const secrets = {
    inngestEventKey: { tt: 'k1', ah: 'k2' },
    inngestSigningKey: { tt: 'aa', ah: 'bb' },
  }
  const given = (app: 'tt' | 'ah', base?: number) => {
    const ports = portsOf(base)
    return {
      ...mysqlVariables({ app, port: ports[`mysql-${app}`], password: 'p' }),
      ...inngestVariables({ app, ports, secrets }),
    }
  }

  it('are all that the files ask for, but for the Stripe keys', () => {
    const asked = new Set(
      [...(text + composeText('compose.linux.yaml')).matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(
        ([, name]) => name,
      ),
    )
    const known = new Set([...Object.keys(given('tt')), ...Object.keys(given('ah')), 'STACK_NAME'])
    expect([...asked].filter((name) => name !== undefined && !known.has(name)).toSorted()).toEqual([
      'AH_STRIPE_SECRET_KEY',
      'TT_STRIPE_SECRET_KEY',
    ])
  })

  it('are the defaults of the files for the stack dev', () => {
    const defaults = [...(text + composeText('compose.linux.yaml')).matchAll(/\$\{([A-Z_]+_PORT):-(\d+)\}/g)]
    expect(defaults.length).toBeGreaterThan(20)
    const variables: Record<string, string> = { ...given('tt'), ...given('ah') }
    Object.assign(
      variables,
      Object.fromEntries(Object.entries(given('tt')).filter(([name]) => /^TT_/.test(name))),
    )
    for (const [, name = '', port] of defaults) expect([name, variables[name]]).toEqual([name, port])
  })

  it('derive the password of Redis and Postgres, a different one for each app', () => {
    const [tt, ah] = [given('tt').TT_INNGEST_STORE_PASSWORD, given('ah').AH_INNGEST_STORE_PASSWORD]
    expect(tt).toMatch(/^[0-9a-f]{64}$/)
    expect(ah).toMatch(/^[0-9a-f]{64}$/)
    expect(ah).not.toBe(tt)
  })

  it('keep the ports of both stores of both apps apart', () => {
    const ports = portsOf(12_000)
    expect(inngestStorePorts({ app: 'tt', ports })).toEqual({ redis: 12_070, postgres: 12_071 })
    expect(inngestStorePorts({ app: 'ah', ports })).toEqual({ redis: 12_072, postgres: 12_073 })
  })
})
