import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {GetServerSidePropsContext} from 'next'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {dropMailedToken, takeMailedToken} from './mailed-token'

const path = '/confirm-email'
let url = ''

/** A page as Next calls it, behind real HTTP: it shows what it took. */
const server = createServer((req, res) => {
  const {searchParams} = new URL(req.url ?? '/', 'http://app')
  const cookies = Object.fromEntries(
    (req.headers.cookie ?? '').split('; ').map((cookie) => {
      const [name = '', value = ''] = cookie.split('=')
      return [name, decodeURIComponent(value)]
    }),
  )
  const context = {
    req: Object.assign(req, {cookies}),
    res,
    query: Object.fromEntries(searchParams),
  } as unknown as GetServerSidePropsContext
  const taken = takeMailedToken(context, {path})
  if (taken.kind === 'here' && searchParams.has('drop')) dropMailedToken(context, {path})
  res.end(JSON.stringify({...taken, logged: req.url}))
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

describe('a mailed link', () => {
  it('is answered with the page’s own address, and the token in a cookie that scripts can’t read', async () => {
    const response = await fetch(`${url}?token=a.b%3Dc`)
    expect(await response.json()).toMatchObject({
      kind: 'moved',
      answer: {redirect: {destination: path, statusCode: 303}},
    })
    expect(response.headers.get('set-cookie')).toBe(
      'tt-test.confirm-email=a.b%3Dc; Max-Age=900; Path=/; HttpOnly; SameSite=Lax',
    )
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('leaves no token for the server’s own log of requests', async () => {
    const {logged} = (await (await fetch(`${url}?token=secret`)).json()) as {logged: string}
    expect(logged).toBe(path)
  })

  it('is then read from the cookie, by a page that nothing keeps or indexes', async () => {
    const response = await fetch(url, {headers: {cookie: 'tt-test.confirm-email=a.b%3Dc'}})
    expect(await response.json()).toMatchObject({kind: 'here', token: 'a.b=c'})
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-robots-tag')).toBe('noindex')
    expect(response.headers.get('referrer-policy')).toBe('same-origin')
  })

  it('is forgotten when it is of no more use', async () => {
    const response = await fetch(`${url}?drop=1`, {headers: {cookie: 'tt-test.confirm-email=abc'}})
    expect(response.headers.get('set-cookie')).toContain('tt-test.confirm-email=; Max-Age=0;')
  })

  it('is nothing when neither the address nor a cookie has it', async () => {
    expect(await (await fetch(url)).json()).toMatchObject({kind: 'here', token: null})
  })
})
