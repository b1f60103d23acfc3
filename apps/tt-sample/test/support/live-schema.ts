import {createConnection, type RowDataPacket} from 'mysql2/promise'
import type {SchemaTable} from './prisma-schema'

interface ColumnRow extends RowDataPacket {
  tableName: string
  columnName: string
  columnType: string
  isNullable: 'YES' | 'NO'
  columnDefault: string | null
  isJson: number
}

interface KeyRow extends RowDataPacket {
  tableName: string
  keyName: string
  nonUnique: number
  columns: string
}

/** What the live database looks like, in the words of `readPrismaSchema`. MySQL 8 and MariaDB 10.11. */
export async function readLiveSchema(databaseUrl: string): Promise<Record<string, SchemaTable>> {
  const connection = await createConnection(databaseUrl)
  try {
    const [columns] = await connection.query<ColumnRow[]>(`
      SELECT c.TABLE_NAME AS tableName, c.COLUMN_NAME AS columnName, c.COLUMN_TYPE AS columnType,
        c.IS_NULLABLE AS isNullable, c.COLUMN_DEFAULT AS columnDefault,
        EXISTS (SELECT 1 FROM information_schema.CHECK_CONSTRAINTS k WHERE k.CONSTRAINT_SCHEMA = DATABASE()
          AND k.CONSTRAINT_NAME = c.COLUMN_NAME AND k.CHECK_CLAUSE LIKE 'json_valid(%') AS isJson
      FROM information_schema.COLUMNS c
      WHERE c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME <> '_prisma_migrations'`)
    const [keys] = await connection.query<KeyRow[]>(`
      SELECT TABLE_NAME AS tableName, INDEX_NAME AS keyName, MIN(NON_UNIQUE) AS nonUnique,
        GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) AS columns
      FROM information_schema.STATISTICS
      WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> '_prisma_migrations'
      GROUP BY TABLE_NAME, INDEX_NAME`)
    const tables: Record<string, SchemaTable> = {}
    const tableOf = (name: string) => {
      tables[name] ??= {columns: {}, keys: []}
      return tables[name]
    }
    for (const row of columns) {
      tableOf(row.tableName).columns[row.columnName] = {
        type: typeOf(row),
        nullable: row.isNullable === 'YES',
        default: defaultOf(row.columnDefault),
      }
    }
    for (const row of keys) {
      const kind = row.keyName === 'PRIMARY' ? 'PRIMARY' : row.nonUnique === 0 ? 'UNIQUE' : 'INDEX'
      tableOf(row.tableName).keys.push(`${kind}(${row.columns})`)
    }
    for (const table of Object.values(tables)) table.keys.sort()
    return tables
  } finally {
    await connection.end()
  }
}

/** MariaDB writes JSON as longtext with a check, and a display width behind integers. */
function typeOf(row: ColumnRow): string {
  const type = row.columnType.toLowerCase()
  if (type === 'longtext' && Number(row.isJson) === 1) return 'json'
  return type.replace(/^(int|bigint)\(\d+\)/, '$1')
}

/** MariaDB quotes text defaults and writes NULL out. */
function defaultOf(value: string | null): string | null {
  if (value === null || value === 'NULL') return null
  const text = value.replace(/^'(.*)'$/, '$1')
  return /^current_timestamp\(3\)$/i.test(text) ? 'current_timestamp(3)' : text
}
