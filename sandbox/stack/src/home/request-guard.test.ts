import { describe, expect, it } from 'vitest'
import { refusalOf } from './request-guard.ts'

const host = '127.0.0.1:3010'
const origin = `http://${host}`
const status = (method: string, headers: Record<string, string>) => refusalOf({ method, headers })?.status

describe('who may read the page', () => {
  it.each(['127.0.0.1:3010', 'localhost:3010', '[::1]:3010', 'localhost'])('%s may', (name) => {
    expect(status('GET', { host: name })).toBeUndefined()
  })

  it.each([
    'evil.example:3010',
    'localhost.evil.example:3010',
    '127.0.0.1.evil.example',
    '192.168.1.5:3010',
    'localhost:3010@evil.example',
    '',
  ])('a page that led its own name “%s” here may not', (name) => {
    expect(status('GET', { host: name })).toBe(421)
    expect(status('POST', { host: name, origin: `http://${name}`, 'sec-fetch-site': 'same-origin' })).toBe(
      421,
    )
  })
})

describe('who may change something', () => {
  it.each([
    ['the page’s own form', { host, origin, 'sec-fetch-site': 'same-origin' }],
    ['an older browser that sends its origin only', { host, origin }],
    ['the page’s form under the name localhost', { host: 'localhost:3010', origin: 'http://localhost:3010' }],
  ])('%s may', (_who, headers) => {
    expect(status('POST', headers)).toBeUndefined()
  })

  it.each([
    ['a page elsewhere', { host, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    [
      'a page on another port of this machine',
      { host, origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-site' },
    ],
    ['a page under another name of this machine', { host, origin: 'http://localhost:3010' }],
    ['a frame without an origin', { host, origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a link that a person follows', { host, 'sec-fetch-site': 'none' }],
    ['an origin that lies beside an honest browser', { host, origin, 'sec-fetch-site': 'cross-site' }],
    ['somebody who does not say where from', { host }],
  ])('%s may not', (_who, headers) => {
    expect(status('POST', headers)).toBe(403)
    expect(status('DELETE', headers)).toBe(403)
  })
})
