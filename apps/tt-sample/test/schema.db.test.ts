import {createConnection, type RowDataPacket} from 'mysql2/promise'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {createFileDatabase, type FileDatabase} from './support/file-database'
import {readLiveSchema} from './support/live-schema'
import {readPrismaSchema} from './support/prisma-schema'

/** Tables of the real platform keep its collation; everything this project adds is compared byte by byte. */
const PLATFORM_TABLES = [
  'User',
  'Account',
  'VerificationToken',
  'Product',
  'Price',
  'Purchase',
  'MerchantAccount',
  'MerchantProduct',
  'MerchantPrice',
  'MerchantCustomer',
  'MerchantCharge',
  'MerchantSession',
  'Coupon',
  'ContentPage',
]

let database: FileDatabase
beforeAll(async () => {
  database = await createFileDatabase(process.env.TT_TEST_DATABASE_URL ?? '')
})
afterAll(() => database.drop())

async function run(statement: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(database.url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>(statement)
    return rows
  } finally {
    await connection.end()
  }
}

describe('the Prisma schema and the migrated database', () => {
  const schema = readPrismaSchema()

  it('have the same tables', async () => {
    const live = await readLiveSchema(database.url)
    expect(Object.keys(live).sort()).toEqual(Object.keys(schema).sort())
  })

  it.each(Object.keys(schema))('agree on %s: columns, types, nullability, defaults, keys', async (table) => {
    const live = await readLiveSchema(database.url)
    expect(live[table]).toEqual(schema[table])
  })

  it('compare ids and addresses of our own tables byte by byte', async () => {
    const rows = await run(`
      SELECT TABLE_NAME AS tableName, COLUMN_NAME AS columnName, COLLATION_NAME AS collation
      FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = DATABASE() AND COLLATION_NAME IS NOT NULL AND COLLATION_NAME <> 'utf8mb4_bin'
        AND TABLE_NAME <> '_prisma_migrations'`)
    expect(rows.filter((row) => !PLATFORM_TABLES.includes(row.tableName as string))).toEqual([])
  })

  it('have no foreign keys: a deleted account takes nothing along', async () => {
    expect(
      await run(`
        SELECT CONSTRAINT_NAME FROM information_schema.TABLE_CONSTRAINTS
        WHERE TABLE_SCHEMA = DATABASE() AND CONSTRAINT_TYPE = 'FOREIGN KEY'`),
    ).toEqual([])
  })

  it.each([
    ['a dropped column', 'ALTER TABLE CrossAppSync DROP COLUMN holdReason', 'CrossAppSync'],
    ['a changed type', 'ALTER TABLE Outbox MODIFY attempts BIGINT NOT NULL DEFAULT 0', 'Outbox'],
    ['a lost default', 'ALTER TABLE AccountLink MODIFY unlinkRelease TINYINT(1) NOT NULL', 'AccountLink'],
    [
      'a lost key',
      'ALTER TABLE BundleItem DROP INDEX BundleItem_productId_targetApp_targetProductId_key',
      'BundleItem',
    ],
    [
      'a column that may be empty',
      'ALTER TABLE ChargeFact MODIFY chargeId VARCHAR(191) COLLATE utf8mb4_bin NULL',
      'ChargeFact',
    ],
  ])('are seen to differ after %s (control)', async (_, statement, table) => {
    await run(statement)
    const live = await readLiveSchema(database.url)
    expect(live[table]).not.toEqual(schema[table])
  })
})
