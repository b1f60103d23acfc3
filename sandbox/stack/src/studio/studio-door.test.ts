import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { createGuard, type Guard } from '../guard/guard.ts'
import { freePort } from '../ports/free-port.ts'
import { createTestDatabases, type TestDatabases } from '../testing/databases.ts'
import { testDatabaseFolder } from '../testing/keeper.ts'
import { runScript } from '../testing/run-script.ts'
import { startPrismaStudio } from './prisma-studio.ts'
import { openStudioDoor, reviveColumnLists } from './studio-door.ts'

const here = import.meta.dirname

describe('reviveColumnLists', () => {
  it("makes the list of a table's columns a list again, and leaves every other text alone", () => {
    const answer = [
      null,
      [
        { name: 'User', columns: '[{"name":"id"}]' },
        { columns: 'a, b', note: '[{"a":1}]' },
      ],
    ]
    expect(JSON.parse(reviveColumnLists(JSON.stringify(answer)))).toEqual([
      null,
      [
        { name: 'User', columns: [{ name: 'id' }] },
        { columns: 'a, b', note: '[{"a":1}]' },
      ],
    ])
  })

  it('passes on what is no JSON', () => {
    expect(reviveColumnLists('Not Found')).toBe('Not Found')
    expect(reviveColumnLists('{"columns":"[{broken"}')).toBe('{"columns":"[{broken"}')
  })
})

describe('db:studio', { timeout: 90_000 }, () => {
  let databases: TestDatabases
  let guard: Guard
  let studioOrigin: string
  let door: Awaited<ReturnType<typeof openStudioDoor>>

  beforeAll(async () => {
    databases = await createTestDatabases({ migrated: false })
    guard = createGuard()
    const studio = await startPrismaStudio({
      guard,
      databaseUrl: databases.ahUrl,
      logFile: join(testDatabaseFolder, 'logs', 'studio.log'),
    })
    studioOrigin = studio.origin
    door = await openStudioDoor({ studioOrigin, port: 0 })
    await ask('CREATE TABLE Kept (id INT PRIMARY KEY, text VARCHAR(40)) CHARACTER SET utf8mb4')
    await ask("INSERT INTO Kept VALUES (1, 'ünïcödé 🎓')")
  }, 90_000)
  afterAll(async () => {
    await door?.close()
    await guard?.close()
    await databases?.drop()
  })

  function send(sql: string, headers: Record<string, string> = {}, origin = door.url): Promise<Response> {
    const address = origin.replace('localhost', '127.0.0.1')
    return fetch(`${address}/bff`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address, ...headers },
      body: JSON.stringify({ procedure: 'query', query: { sql, parameters: [] } }),
    })
  }
  async function ask(sql: string): Promise<unknown> {
    return (await send(sql)).json()
  }

  it('shows the rows of a table', async () => {
    expect(await ask('SELECT * FROM Kept')).toEqual([null, [{ id: 1, text: 'ünïcödé 🎓' }]])
  })

  it('gives Studio the list of columns as a list, which MariaDB alone does not (control: past the door)', async () => {
    const sql =
      "SELECT JSON_ARRAYAGG(JSON_OBJECT('name', c.column_name)) AS columns FROM information_schema.columns c WHERE table_name = 'Kept' AND table_schema = DATABASE()"
    const sorted = (answer: unknown) => JSON.stringify(answer).includes('[{"columns":[{"name"')
    expect(sorted(await ask(sql))).toBe(true)
    const [, [version]] = (await ask('SELECT VERSION() AS version')) as [null, { version: string }[]]
    const past = await (await send(sql, { origin: studioOrigin }, studioOrigin)).json()
    expect(sorted(past)).toBe(!/mariadb/i.test(version?.version ?? ''))
  })

  it.each([
    ['another page', { origin: 'http://evil.test' }, 403],
    ['a page without an origin of its own', { origin: 'null' }, 403],
    ['a form of another page', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('lets %s not in', async (_, headers, status) => {
    expect((await send('SELECT 1', headers)).status).toBe(status)
  })

  it('answers to no other name than that of this machine', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve, reject) => {
      request(door.url, { headers: { host: 'evil.test' } }, (response) => resolve(response.statusCode))
        .once('error', reject)
        .end()
    })
    expect(status).toBe(421)
  })

  it('listens on this machine only, and keeps its page from calling anybody else', async () => {
    const page = await fetch(door.url)
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'")
    expect(await page.text()).not.toMatch(/(src|href)="https?:/)
  })

  if (process.env.TEST_FULL === '1') {
    it('shows tables and rows in a browser without a network', async () => {
      const found = await findChromium()
      const browser = await chromium.launch({
        executablePath: found.executablePath,
        args: [...found.args, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'],
        ...(found.env === undefined ? {} : { env: found.env }),
      })
      try {
        const page = await browser.newPage()
        await page.goto(door.url)
        await page.getByText('ünïcödé 🎓').waitFor({ timeout: 20_000 })
      } finally {
        await browser.close()
      }
    })
  }

  it('says how to start a stack that is not running', async () => {
    const name = `test-${randomBytes(4).toString('hex')}`
    const { code, stderr } = await runScript(join(here, 'main.ts'), ['tt', '--name', name])
    expect(code).toBe(1)
    expect(stderr).toContain(`The stack "${name}" is not running.`)
    expect(stderr).toContain(`npm run stack -- up --name ${name}`)
  })

  it('says which port is taken', async () => {
    const port = await freePort()
    const first = await openStudioDoor({ studioOrigin, port })
    await expect(openStudioDoor({ studioOrigin, port })).rejects.toMatchObject({ code: 'port-taken' })
    await first.close()
  })
})
