import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

export interface SchemaColumn {
  /** MySQL's type, as information_schema writes it, such as `varchar(191)`. */
  type: string
  nullable: boolean
  /** The default as text; null for none. */
  default: string | null
}

export interface SchemaTable {
  columns: Record<string, SchemaColumn>
  /** Each as `PRIMARY(a,b)`, `UNIQUE(a)` or `INDEX(a)`. */
  keys: string[]
}

const TYPES: Record<string, string> = {
  String: 'varchar(191)',
  Int: 'int',
  BigInt: 'bigint',
  Boolean: 'tinyint(1)',
  DateTime: 'datetime(3)',
  Decimal: 'decimal(65,30)',
  Json: 'json',
}
const FIELD = /^(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/

/** What prisma/schema.prisma says the database looks like. Reads the constructs that this schema uses, and no others. */
export function readPrismaSchema(): Record<string, SchemaTable> {
  const path = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url))
  return parsePrismaSchema(readFileSync(path, 'utf8'))
}

export function parsePrismaSchema(text: string): Record<string, SchemaTable> {
  const tables: Record<string, SchemaTable> = {}
  for (const [, name, body] of text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) {
    tables[name!] = parseModel(body!)
  }
  return tables
}

function parseModel(body: string): SchemaTable {
  const table: SchemaTable = {columns: {}, keys: []}
  for (const line of body.split('\n').map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('//')) continue
    if (line.startsWith('@@')) table.keys.push(parseKey(line))
    else parseField(table, line)
  }
  table.keys.sort()
  return table
}

function parseField(table: SchemaTable, line: string): void {
  const [, name, kind, modifier, attributes = ''] = FIELD.exec(line) ?? []
  if (name === undefined || kind === undefined)
    throw new Error(`This line of the schema is not understood: ${line}`)
  // A relation is no column.
  if (TYPES[kind] === undefined) return
  table.columns[name] = {
    type: nativeType(kind, attributes),
    nullable: modifier === '?',
    default: defaultOf(attributes),
  }
  if (/@id\b/.test(attributes)) table.keys.push(`PRIMARY(${name})`)
  if (/@unique\b/.test(attributes)) table.keys.push(`UNIQUE(${name})`)
}

function nativeType(kind: string, attributes: string): string {
  const native = /@db\.(\w+)(?:\(([^)]*)\))?/.exec(attributes)
  if (native === null) return TYPES[kind]!
  const size = native[2] === undefined ? '' : `(${native[2].replaceAll(' ', '')})`
  return `${native[1]!.toLowerCase()}${size}`
}

/** Ids made by Prisma and `@updatedAt` are values it sends, not defaults of the column. */
function defaultOf(attributes: string): string | null {
  const match = /@default\(((?:[^()]|\(\))*)\)/.exec(attributes)
  const value = match?.[1]
  if (value === undefined || value === 'uuid()') return null
  if (value === 'now()') return 'current_timestamp(3)'
  if (value === 'true' || value === 'false') return value === 'true' ? '1' : '0'
  return value.replaceAll('"', '')
}

function parseKey(line: string): string {
  const [, kind, columns] = /^@@(\w+)\(\[([^\]]*)\]/.exec(line) ?? []
  if (kind === undefined || columns === undefined)
    throw new Error(`This key of the schema is not understood: ${line}`)
  const name = {id: 'PRIMARY', unique: 'UNIQUE', index: 'INDEX'}[kind]
  if (name === undefined) throw new Error(`@@${kind} is not understood.`)
  return `${name}(${columns.replaceAll(' ', '')})`
}
