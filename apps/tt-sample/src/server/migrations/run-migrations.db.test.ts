import {createHash} from 'node:crypto'
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createConnection, type RowDataPacket} from 'mysql2/promise'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {createFileDatabase, type FileDatabase, migrationsFolder} from '../../../test/support/file-database'
import {runMigrations} from './run-migrations'

let database: FileDatabase
let folder: string

beforeEach(async () => {
  database = await createFileDatabase(process.env.TT_TEST_DATABASE_URL ?? '', {migrated: false})
  folder = await mkdtemp(join(tmpdir(), 'tt-migrations-'))
})
afterEach(async () => {
  await database.drop()
  await rm(folder, {recursive: true, force: true})
})

async function migration(name: string, sql: string) {
  await mkdir(join(folder, name), {recursive: true})
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

const migrate = () => runMigrations({databaseUrl: database.url, folder})

async function query(statement: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(database.url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>(statement)
    return rows
  } finally {
    await connection.end()
  }
}

describe('runMigrations', () => {
  it('applies what is missing, in order, once', async () => {
    await migration('2_second', 'ALTER TABLE a ADD COLUMN second INT NULL;\n')
    await migration('1_first', '-- a comment; with a semicolon\nCREATE TABLE a (id INT NOT NULL);\n')
    expect(await migrate()).toEqual(['1_first', '2_second'])
    expect(await migrate()).toEqual([])
    await migration('3_third', 'INSERT INTO a VALUES (1, 2);\nINSERT INTO a VALUES (3, 4);\n')
    expect(await migrate()).toEqual(['3_third'])
    expect(await query('SELECT id FROM a')).toHaveLength(2)
  })

  it("writes Prisma's own history: checksum of the file, one step, finished", async () => {
    await runMigrations({databaseUrl: database.url, folder: migrationsFolder})
    const rows = await query('SELECT * FROM _prisma_migrations ORDER BY migration_name')
    for (const row of rows) {
      const file = await readFile(join(migrationsFolder, row.migration_name as string, 'migration.sql'))
      expect(row).toMatchObject({
        checksum: createHash('sha256').update(file).digest('hex'),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        applied_steps_count: 1,
      })
    }
    expect(rows.length).toBeGreaterThan(1)
  })

  it('lets several runners start at once', async () => {
    await migration('1_first', 'CREATE TABLE a (id INT NOT NULL);\n')
    const results = await Promise.all([migrate(), migrate(), migrate()])
    expect(results.flat()).toEqual(['1_first'])
  })

  it('refuses to go on when an applied file was changed, or is gone', async () => {
    await migration('1_first', 'CREATE TABLE a (id INT NOT NULL);\n')
    await migrate()
    await migration('1_first', 'CREATE TABLE a (id BIGINT NOT NULL);\n')
    await expect(migrate()).rejects.toThrow(/1_first was changed after it was applied/)
    await rm(join(folder, '1_first'), {recursive: true})
    await expect(migrate()).rejects.toThrow(/its file is gone/)
  })

  it('says at which statement a migration stopped, and refuses to go on until a person has looked', async () => {
    await migration('1_first', 'CREATE TABLE a (id INT NOT NULL);\nCREATE TABLE a (id INT NOT NULL);\n')
    await expect(migrate()).rejects.toThrow(/statement 2 of 2.*already exists/s)
    await expect(migrate()).rejects.toThrow(/stopped half-way.*rolled_back_at/s)
    await query('DROP TABLE a')
    await query('UPDATE _prisma_migrations SET rolled_back_at = NOW()')
    await migration('1_first', 'CREATE TABLE a (id INT NOT NULL);\n')
    expect(await migrate()).toEqual(['1_first'])
  })
})
