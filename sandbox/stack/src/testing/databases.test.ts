import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { describe, expect, it } from 'vitest'
import { lockOwner } from '../lock-file.ts'
import { waitUntil } from '../wait-until.ts'
import { createTestDatabases } from './databases.ts'
import { holdTestDatabaseServer } from './keeper.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function query(url: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql)
    return rows
  } finally {
    await connection.end()
  }
}

describe('createTestDatabases', () => {
  it('gives every run databases of its own on one server', async () => {
    const [one, two] = await Promise.all([
      createTestDatabases({ migrated: false }),
      createTestDatabases({ migrated: false }),
    ])
    try {
      expect(new URL(one.ttUrl).host).toBe(new URL(two.ttUrl).host)
      await query(one.ttUrl, 'CREATE TABLE only_here (id INT)')
      expect(await query(two.ttUrl, 'SHOW TABLES')).toEqual([])
      await two.drop()
      expect(await query(one.ttUrl, 'SHOW TABLES')).toHaveLength(1)
    } finally {
      await one.drop()
    }
  })

  it("lets neither app into the other's database", async () => {
    const databases = await createTestDatabases({ migrated: false })
    try {
      const foreign = new URL(databases.ttUrl)
      foreign.pathname = new URL(databases.ahUrl).pathname
      await expect(query(foreign.href, 'SELECT 1')).rejects.toMatchObject({
        code: 'ER_DBACCESS_DENIED_ERROR',
      })
    } finally {
      await databases.drop()
    }
  })

  it('drops them at the end', async () => {
    const databases = await createTestDatabases({ migrated: false })
    const server = await holdTestDatabaseServer()
    await databases.drop()
    try {
      await expect(query(databases.ttUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ER_BAD_DB_ERROR' })
    } finally {
      server.release()
    }
  })
})

describe('holdTestDatabaseServer', () => {
  it('starts one server for holders that come at once, and stops it when the last is gone', async () => {
    const folder = temporaryFolder()
    const holds = await Promise.all([holdTestDatabaseServer(folder), holdTestDatabaseServer(folder)])
    expect(holds[0]?.port).toBe(holds[1]?.port)
    const lockFile = `${folder}/keeper.lock`
    holds[0]?.release()
    expect(lockOwner(lockFile)).toBeDefined()
    holds[1]?.release()
    await waitUntil(() => lockOwner(lockFile) === undefined, {
      deadlineMs: 10_000,
      describe: 'The end of the keeper',
    })
  })
})
