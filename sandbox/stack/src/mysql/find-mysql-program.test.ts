import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { findInstalledServers } from './find-installed-server.ts'
import { findMysqlProgram } from './find-mysql-program.ts'
import type { MysqlServerProgram } from './server-program.ts'

function installServer(folder: string, banner: string, name = 'mysqld') {
  mkdirSync(join(folder, 'sbin'), { recursive: true })
  const file = join(folder, 'sbin', name)
  writeFileSync(file, `#!/bin/sh\necho '${banner}'\n`)
  chmodSync(file, 0o755)
  return file
}

const downloaded: MysqlServerProgram = {
  flavour: 'mariadb',
  executable: '/downloaded',
  version: '10.11.19',
  shareFolder: '/share',
  libraryPath: undefined,
  origin: 'test',
}

describe('findInstalledServers', () => {
  it('tells MySQL from MariaDB by what the program says', () => {
    const folder = temporaryFolder()
    const file = installServer(
      folder,
      'mysqld  Ver 8.0.44 for Linux on x86_64 (MySQL Community Server - GPL)',
    )
    expect(findInstalledServers(join(folder, 'sbin'), [])).toMatchObject([
      { flavour: 'mysql', version: '8.0.44', executable: file },
    ])
  })

  it.each([
    { prefix: 'mysql', version: '10.11.19' },
    { prefix: 'mariadb', version: '11.4.2' },
  ])(
    'wants the system scripts of MariaDB $version, which makes no data folder without them',
    ({ prefix, version }) => {
      const folder = temporaryFolder()
      installServer(folder, `mariadbd  Ver ${version}-MariaDB for Linux on x86_64`, 'mariadbd')
      const share = join(folder, 'share', 'mariadb')
      mkdirSync(share, { recursive: true })
      writeFileSync(join(share, `${prefix}_system_tables.sql`), '')
      expect(findInstalledServers(join(folder, 'sbin'), [])).toEqual([])
      for (const name of ['performance_tables', 'system_tables_data']) {
        writeFileSync(join(share, `${prefix}_${name}.sql`), '')
      }
      expect(findInstalledServers(join(folder, 'sbin'), [])).toMatchObject([
        { flavour: 'mariadb', version, shareFolder: share },
      ])
    },
  )

  it('passes over a program that can not run', () => {
    const folder = temporaryFolder()
    installServer(folder, 'nothing about a version')
    expect(findInstalledServers(join(folder, 'sbin'), [])).toEqual([])
  })
})

describe('findMysqlProgram', () => {
  it('takes an installed server and downloads nothing', async () => {
    const installed = { ...downloaded, executable: '/installed' }
    const download = async () => {
      throw new Error('Nobody asked for a download.')
    }
    expect(await findMysqlProgram(() => undefined, { installed: () => [installed], download })).toBe(
      installed,
    )
  })

  it('downloads one when none is installed', async () => {
    const options = { installed: () => [], download: async () => downloaded }
    expect(await findMysqlProgram(() => undefined, options)).toBe(downloaded)
  })

  it('says what to do when there is none to be had', async () => {
    const options = { installed: () => [], download: async () => undefined }
    await expect(findMysqlProgram(() => undefined, options)).rejects.toMatchObject({
      code: 'no-mysql',
      nextStep: expect.stringContaining('TT_DATABASE_URL'),
    })
  })

  it('says why the download failed', async () => {
    const download = async () => {
      throw new Error('no route to the package sources')
    }
    await expect(findMysqlProgram(() => undefined, { installed: () => [], download })).rejects.toThrow(
      'no route to the package sources',
    )
  })
})
