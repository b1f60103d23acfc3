import { describe, expect, it } from 'vitest'
import type { Attempt } from '../picking/first-that-works.ts'
import { assertTwoDatabases, type MysqlSearch, type MysqlSource, pickMysql } from './pick-mysql.ts'
import type { MysqlServerProgram } from './server-program.ts'

const program: MysqlServerProgram = {
  flavour: 'mysql',
  executable: '/usr/sbin/mysqld',
  version: '8.0.44',
  shareFolder: undefined,
  libraryPath: undefined,
  origin: 'installed',
}
const dockerWorks: Attempt<MysqlSource> = {
  ok: true,
  what: 'MySQL 8.4.1, Docker',
  version: '8.4.1',
  source: { kind: 'docker' },
}
const dockerFails: Attempt<MysqlSource> = {
  ok: false,
  reason: 'the Docker daemon is not running',
  nextStep: 'Start Docker.',
}

/** A machine with nothing on it, unless told. */
function machine(has: Partial<MysqlSearch> = {}): MysqlSearch {
  return {
    sameEverywhere: false,
    findInstalled: () => [],
    tryDocker: async () => dockerFails,
    canUnpackPackage: async () => false,
    unpackPackage: async () => program,
    ...has,
  }
}

describe('pickMysql', () => {
  it('takes the given URL, whatever is installed', async () => {
    const search = machine({ findInstalled: () => [program] })
    const { pick, source } = await pickMysql('tt', 'mysql://me:pw@127.0.0.1/tt', search, undefined)
    expect(pick).toMatchObject({ choice: 'url', what: 'given by TT_DATABASE_URL', forced: true })
    expect(source).toEqual({ kind: 'url', url: 'mysql://me:pw@127.0.0.1/tt' })
    expect(JSON.stringify(pick)).not.toContain('pw')
  })

  it('takes an installed server before Docker', async () => {
    const search = machine({ findInstalled: () => [program], tryDocker: async () => dockerWorks })
    const { pick } = await pickMysql('ah', undefined, search, undefined)
    expect(pick).toEqual({
      choice: 'installed',
      what: 'MySQL 8.0.44, installed',
      version: '8.0.44',
      forced: false,
      passedOver: [{ choice: 'url', reason: 'AH_DATABASE_URL is not set' }],
    })
  })

  it('passes over a server that is too old and says so', async () => {
    const old = { ...program, version: '5.7.44' }
    const search = machine({ findInstalled: () => [old], canUnpackPackage: async () => true })
    const { pick } = await pickMysql('tt', undefined, search, undefined)
    expect(pick.choice).toBe('package')
    expect(pick.passedOver).toContainEqual({
      choice: 'installed',
      reason: 'MySQL 5.7.44, installed, is older than 8.0',
    })
  })

  it('takes Docker before the package when its images are here', async () => {
    const search = machine({ tryDocker: async () => dockerWorks, canUnpackPackage: async () => true })
    expect((await pickMysql('tt', undefined, search, undefined)).pick.choice).toBe('docker')
  })

  it.each([
    {
      what: 'never fetches images as long as there is a package',
      canUnpack: true,
      forced: undefined,
      pulls: false,
    },
    {
      what: 'fetches images when nothing else is to be had',
      canUnpack: false,
      forced: undefined,
      pulls: true,
    },
    {
      what: 'fetches images when Docker was asked for',
      canUnpack: true,
      forced: 'docker' as const,
      pulls: true,
    },
  ])('$what', async ({ canUnpack, forced, pulls }) => {
    const asked: boolean[] = []
    const search = machine({
      canUnpackPackage: async () => canUnpack,
      async tryDocker(mayPull) {
        asked.push(mayPull)
        return dockerWorks
      },
    })
    await pickMysql('tt', undefined, search, forced)
    expect(asked).toEqual([pulls])
  })

  it('takes the Debian package last, and downloads nothing before the part starts', async () => {
    let downloads = 0
    const search = machine({
      canUnpackPackage: async () => true,
      async unpackPackage() {
        downloads += 1
        return program
      },
    })
    const { pick, source } = await pickMysql('tt', undefined, search, undefined)
    expect(pick.passedOver.map(({ choice }) => choice)).toEqual(['url', 'installed', 'docker'])
    expect(downloads).toBe(0)
    if (source.kind === 'program') await source.program()
    expect(downloads).toBe(1)
  })

  it('never asks Docker in a stack that is the same on every machine', async () => {
    const search = machine({
      sameEverywhere: true,
      canUnpackPackage: async () => true,
      tryDocker: async () => {
        throw new Error('Docker was asked.')
      },
    })
    expect((await pickMysql('tt', undefined, search, undefined)).pick.choice).toBe('package')
  })

  it.each([
    ['url', 'AH_DATABASE_URL is not set', 'Set AH_DATABASE_URL'],
    ['installed', 'no mysqld or mariadbd on PATH', 'Install'],
    ['docker', 'the Docker daemon is not running', 'Start Docker.'],
    ['package', 'no apt-get and dpkg-deb', 'Install'],
  ] as const)('refuses --mysql=%s when it can not be had, with what to do', async (choice, reason, step) => {
    await expect(pickMysql('ah', undefined, machine(), choice)).rejects.toMatchObject({
      code: 'not-available',
      message: expect.stringContaining(reason),
      nextStep: expect.stringContaining(step),
    })
  })

  it('says what to do on a machine that has nothing at all', async () => {
    await expect(pickMysql('tt', undefined, machine(), undefined)).rejects.toMatchObject({
      code: 'not-available',
      nextStep: expect.stringContaining('TT_DATABASE_URL'),
    })
  })
})

describe('assertTwoDatabases', () => {
  const given = (url: string) => ({ kind: 'url', url }) as const

  it('refuses one database for both apps, by whatever user', () => {
    const sources = {
      tt: given('mysql://tt:one@db.test/shop'),
      ah: given('mysql://ah:two@db.test:3306/shop'),
    }
    expect(() => assertTwoDatabases(sources)).toThrow(
      'TT_DATABASE_URL and AH_DATABASE_URL are the same database (db.test:3306/shop)',
    )
  })

  it.each([
    { tt: given('mysql://me@db.test/tt'), ah: given('mysql://me@db.test/ah') },
    { tt: given('mysql://me@db.test/shop'), ah: { kind: 'docker' } },
    { tt: { kind: 'docker' }, ah: { kind: 'docker' } },
    { tt: undefined, ah: undefined },
    // Said when the part starts.
    { tt: given('nothing'), ah: given('nothing') },
  ] as const)('takes two databases (control)', (sources) => {
    expect(() => assertTwoDatabases(sources)).not.toThrow()
  })
})
