import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeProgram, type MysqlServerProgram, supportedFrom } from './server-program.ts'

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Whether AppArmor keeps a program to folders of its own, as Ubuntu's mysql-server does: started by an ordinary user with
 * a data folder elsewhere, it may not write a byte. Debian's profile for MariaDB is there and says nothing.
 *
 * @param root of the file system; the machine's own unless told
 */
export function isConfined(executable: string, root = '/'): boolean {
  if (!textOf(join(root, 'sys/module/apparmor/parameters/enabled')).startsWith('Y')) return false
  const profile = executable.slice(1).replaceAll('/', '.')
  if (existsSync(join(root, 'etc/apparmor.d/disable', profile))) return false
  const rules = textOf(join(root, 'etc/apparmor.d', profile))
  return /^\s*(profile\s|\/)/m.test(rules) && !/flags\s*=\s*\([^)]*\b(complain|unconfined)\b/.test(rules)
}

/** Why an installed server can't be used as a private one, in a few words; undefined when it can. */
export function reasonAgainst(program: MysqlServerProgram, root?: string): string | undefined {
  const oldest = supportedFrom(program)
  if (oldest !== undefined) return `${describeProgram(program)}, is older than ${oldest}`
  if (isConfined(program.executable, root)) {
    return `${describeProgram(program)}, may write to the system's folders only (AppArmor)`
  }
  return undefined
}
