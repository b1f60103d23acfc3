import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Without the prefix, which was `mysql` up to MariaDB 10.11 and is `mariadb` in later series. */
const NAMES = ['system_tables', 'performance_tables', 'system_tables_data'] as const
const PREFIXES = ['mariadb', 'mysql'] as const

/**
 * MariaDB's own scripts for its system tables, in the order its installer feeds them; undefined when a folder doesn't have
 * them.
 */
export function systemScripts(shareFolder: string): string[] | undefined {
  for (const prefix of PREFIXES) {
    const files = NAMES.map((name) => join(shareFolder, `${prefix}_${name}.sql`))
    if (files.every((file) => existsSync(file))) {
      return [...files, join(shareFolder, 'maria_add_gis_sp_bootstrap.sql')]
    }
  }
  return undefined
}
