import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeProgram } from '../testing/fake-program.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { findInstalledServers } from './find-installed-server.ts'
import { homebrewServerFolders } from './homebrew-folders.ts'

/** A Homebrew with these formulas, each with a server of its version. */
function homebrew(formulas: Record<string, string>): string {
  const prefix = temporaryFolder()
  for (const [formula, banner] of Object.entries(formulas)) {
    const folder = join(prefix, 'opt', formula, 'bin')
    mkdirSync(folder, { recursive: true })
    fakeProgram('mysqld', `echo '${banner}'`, folder)
  }
  return prefix
}

const mysql = (version: string) => `mysqld  Ver ${version} for macos15 on arm64 (Homebrew)`

describe('homebrewServerFolders', () => {
  it('finds servers in versioned formulas, which are on nobody’s PATH', () => {
    const prefix = homebrew({ 'mysql@8.4': mysql('8.4.7') })
    expect(findInstalledServers('', homebrewServerFolders([prefix]))).toMatchObject([
      { flavour: 'mysql', version: '8.4.7', executable: join(prefix, 'opt', 'mysql@8.4', 'bin', 'mysqld') },
    ])
  })

  it('takes the unversioned formula first, then the newest', () => {
    const prefix = homebrew({
      'mysql@8.0': mysql('8.0.44'),
      'mysql@8.4': mysql('8.4.7'),
      mysql: mysql('9.5.0'),
      'mariadb@10.11': '',
      'mariadb@11.4': '',
    })
    const formulas = homebrewServerFolders([prefix])
      .filter((folder) => folder.endsWith('/bin'))
      .map((folder) => folder.split('/').at(-2))
    expect(formulas).toEqual(['mysql', 'mariadb@11.4', 'mariadb@10.11', 'mysql@8.4', 'mysql@8.0'])
  })

  it('looks at every place where Homebrew may be', () => {
    const [apple, intel] = [homebrew({ 'mysql@8.0': mysql('8.0.44') }), homebrew({ mariadb: '' })]
    expect(homebrewServerFolders([apple, '/no/such/place', intel])).toEqual([
      join(apple, 'opt', 'mysql@8.0', 'bin'),
      join(apple, 'opt', 'mysql@8.0', 'sbin'),
      join(intel, 'opt', 'mariadb', 'bin'),
      join(intel, 'opt', 'mariadb', 'sbin'),
    ])
  })

  it('passes over clients and other formulas with similar names', () => {
    const prefix = homebrew({ 'mysql-client@8.4': '', 'mysql-connector-c++': '', mysqltuner: '' })
    expect(homebrewServerFolders([prefix])).toEqual([])
  })
})
