import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {createDatabase} from './db'
import {runMigrations} from './migrations/run-migrations'

/** The tests' server has no certificate that anybody has signed. */
const plain = process.env.DATABASE_URL ?? ''
const encrypted = `${plain}?ssl=true`

async function ask(databaseUrl: string): Promise<unknown> {
  const db = createDatabase(databaseUrl, 1)
  try {
    return await db.$queryRaw`SELECT 1 AS one`
  } finally {
    await db.$disconnect()
  }
}

describe('a database that is asked for with ?ssl=true', () => {
  it('is not migrated without TLS and a certificate that can be checked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tt-tls-'))
    try {
      await expect(runMigrations({databaseUrl: encrypted, folder})).rejects.toThrow(
        /secure connection|SSL|TLS|certificate/i,
      )
    } finally {
      await rm(folder, {recursive: true, force: true})
    }
  })

  // Its pool goes on trying for ten seconds.
  if (process.env.TEST_FULL === '1') {
    it('nor is it talked to by the app', async () => {
      await expect(ask(encrypted)).rejects.toThrow()
      expect(await ask(plain)).toHaveLength(1)
    }, 60_000)
  }
})
