import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ada, shop } from './testing/test-client.ts'

const seed = {
  clients: [shop],
  users: [ada],
  guilds: [{ id: '1170000000000000001', name: 'The Server', roles: [], members: [{ userId: ada.id }] }],
}

function run(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'discord-test-'))
  const file = join(folder, 'seed.json')
  writeFileSync(file, text)
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), '--port', '0', '--seed', file],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stderr }))
  })
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const url = /http:\S+/.exec(chunk.toString('utf8'))?.[0]
      if (url !== undefined) resolve(url)
    })
    void ended.then(() => reject(new Error(stderr)))
  })
  // A run that is meant to fail has nobody waiting for it to be ready.
  ready.catch(() => undefined)
  return { child, ready, ended }
}

describe('the program', () => {
  it('serves what its seed file says, and ends when asked', async () => {
    const { child, ready, ended } = run(JSON.stringify(seed))
    const url = await ready
    const page = await (await fetch(url)).text()
    for (const text of ['The Shop', 'Ada Park', 'The Server']) expect(page).toContain(text)
    for (const secret of [shop.botToken, 'with a colon']) expect(page).not.toContain(secret)
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 0, stderr: '' })
  })

  it.each([
    ['no JSON', '{', "can't be read"],
    [
      'a client without redirect addresses',
      { clients: [{ ...shop, redirectUris: [] }] },
      'seed.clients[0].redirectUris',
    ],
    [
      'a redirect address that is a path',
      { clients: [{ ...shop, redirectUris: ['/callback'] }] },
      'complete addresses',
    ],
    ['an id that is a number', { users: [{ ...ada, id: 12 }] }, 'seed.users[0].id should be a text.'],
    [
      'an id that is no snowflake',
      { users: [{ ...ada, id: '12' }] },
      'seed.users[0].id should be a snowflake',
    ],
    ['a verified address that is not there', { users: [{ ...ada, email: null }] }, 'seed.users[0].verified'],
    ['two users with one id', { users: [ada, ada] }, `Two users have the id ${ada.id}.`],
    ['a member who is no user', { guilds: seed.guilds }, 'who is no user'],
  ])('names what is wrong with its seed file: %s', async (_, content, message) => {
    const { code, stderr } = await run(typeof content === 'string' ? content : JSON.stringify(content)).ended
    expect(code).toBe(1)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
  })
})
