import { expect, test } from '@playwright/test'
import { type Fixture, openFixture } from '../src/fixture.ts'
import { countByName, type MailName } from '../src/mails.ts'
import { readLogs, scanText } from '../src/scan-logs.ts'
import { logFolder, secretsOf } from '../src/stack-secrets.ts'
import { waitUntil } from '../src/wait-until.ts'

/** What must hold after all the other tests, of everything they did together. */

let fixture: Fixture
test.beforeAll(() => {
  fixture = openFixture()
})
test.afterAll(() => fixture.close())

const TEMPLATES: Record<string, MailName> = {
  'tt receipt': 'tt receipt',
  'tt account-linked': 'tt linked',
  'tt account-unlinked': 'tt unlinked',
  'ah access-granted': 'ah granted',
  'ah access-pending': 'ah pending',
  'ah access-claimed': 'ah claimed',
  'ah access-ended': 'ah ended',
  'ah account-linked': 'ah linked',
  'ah account-unlinked': 'ah unlinked',
}

test('every mail that was due was sent once', async () => {
  // Databases outlive a run, the inbox doesn't: what counts is what this run caused, and what it sent.
  const since = fixture.startedAt.toISOString().replace('T', ' ').replace('Z', '')
  await waitUntil(
    'no mail to be left to send',
    async () => {
      await Promise.all([fixture.sweep('tt'), fixture.sweep('ah')])
      const left = await Promise.all([
        fixture.databases.tt(
          "SELECT id FROM Outbox WHERE kind = 'email' AND nextAttemptAt IS NOT NULL AND createdAt >= ?",
          [since],
        ),
        fixture.databases.ah(
          "SELECT id FROM AI_Outbox WHERE kind = 'email' AND nextAttemptAt IS NOT NULL AND createdAt >= ?",
          [since],
        ),
      ])
      return left.flat().length === 0
    },
    20_000,
    500,
  )
  const sent: Record<string, number> = {}
  for (const [app, table] of [
    ['tt', 'Outbox'],
    ['ah', 'AI_Outbox'],
  ] as const) {
    const rows = await fixture.databases[app]<{ name: string; total: number }>(
      `SELECT name, COUNT(*) AS total FROM ${table} WHERE kind = 'email' AND dispatchedAt >= ? GROUP BY name`,
      [since],
    )
    for (const { name, total } of rows) sent[TEMPLATES[`${app} ${name}`] ?? `${app} ${name}`] = Number(total)
  }
  expect(countByName(await fixture.inbox.all())).toEqual(sent)
})

test('both apps hold the same links', async () => {
  const since = fixture.startedAt.toISOString().replace('T', ' ').replace('Z', '')
  await waitUntil('both apps to agree', async () => {
    const onAh = await fixture.databases.ah<{
      linkedUserId: string
      userId: string | null
      linkRevision: number
    }>(
      'SELECT linkedUserId, userId, linkRevision FROM AI_AccountLink WHERE linkRevision > 0 AND updatedAt >= ?',
      [since],
    )
    const onTt = await fixture.databases.tt<{
      userId: string
      linkedUserId: string | null
      unlinkedAt: Date | null
      linkRevision: number
    }>("SELECT userId, linkedUserId, unlinkedAt, linkRevision FROM AccountLink WHERE linkedApp = 'ai-hero'")
    const mirror = new Map(onTt.map((row) => [row.userId, row]))
    return onAh.every(({ linkedUserId, userId, linkRevision }) => {
      const seen = mirror.get(linkedUserId)
      if (seen === undefined || seen.linkRevision !== linkRevision) return false
      return (seen.unlinkedAt === null ? seen.linkedUserId : null) === userId
    })
  })
})

test('no log of any part holds a secret, a token or an email address', () => {
  const logs = readLogs(logFolder(fixture.info.name))
  expect(logs.get('tt.log')?.length).toBeGreaterThan(0)
  expect(logs.get('ah.log')?.length).toBeGreaterThan(0)
  const secrets = secretsOf(fixture.info.name)
  expect([...logs].flatMap(([file, text]) => scanText(file, text, secrets))).toEqual([])
})
