import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { reasonAgainst } from './reason-against.ts'
import type { MysqlServerProgram } from './server-program.ts'

const mysql: MysqlServerProgram = {
  flavour: 'mysql',
  executable: '/usr/sbin/mysqld',
  version: '8.0.44',
  shareFolder: undefined,
  libraryPath: undefined,
  origin: 'installed',
}
const ENABLED = 'sys/module/apparmor/parameters/enabled'
const PROFILE = 'etc/apparmor.d/usr.sbin.mysqld'
const RULES = '#include <tunables/global>\n\n/usr/sbin/mysqld {\n  /var/lib/mysql/ r,\n}\n'

/** A file system with these files. */
function machine(files: Record<string, string>): string {
  const root = temporaryFolder()
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

describe('reasonAgainst', () => {
  it('passes over a server that may not write where its data would be, as on Ubuntu', () => {
    const root = machine({ [ENABLED]: 'Y\n', [PROFILE]: RULES })
    expect(reasonAgainst(mysql, root)).toContain('MySQL 8.0.44, installed, may write to')
  })

  it.each([
    ['AppArmor is off', { [ENABLED]: 'N\n', [PROFILE]: RULES }],
    ['there is no AppArmor', { [PROFILE]: RULES }],
    ['it has no profile', { [ENABLED]: 'Y\n' }],
    ['its profile says nothing, as MariaDB’s', { [ENABLED]: 'Y\n', [PROFILE]: '# Intentionally empty\n' }],
    [
      'its profile only complains',
      { [ENABLED]: 'Y\n', [PROFILE]: '/usr/sbin/mysqld flags=(complain) {\n}\n' },
    ],
    [
      'its profile is switched off',
      { [ENABLED]: 'Y\n', [PROFILE]: RULES, 'etc/apparmor.d/disable/usr.sbin.mysqld': '' },
    ],
  ])('has nothing against it when %s (control)', (_, files) => {
    expect(reasonAgainst(mysql, machine(files))).toBeUndefined()
  })

  it('says from which version on a server can be used', () => {
    expect(reasonAgainst({ ...mysql, version: '5.7.44' }, machine({}))).toBe(
      'MySQL 5.7.44, installed, is older than 8.0',
    )
  })
})
