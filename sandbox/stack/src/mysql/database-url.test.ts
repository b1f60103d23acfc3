import { describe, expect, it } from 'vitest'
import { parseDatabaseUrl } from './database-url.ts'

describe('parseDatabaseUrl', () => {
  it('reads everything as it is, not as an address writes it', () => {
    expect(parseDatabaseUrl('mysql://me%40work:50%25@[::1]/my%20shop')?.connection).toEqual({
      host: '::1',
      port: 3306,
      user: 'me@work',
      password: '50%',
      database: 'my shop',
    })
  })

  it.each(['?ssl=true', '?ssl={"rejectUnauthorized":true}'])(
    'asks for TLS with the certificate checked, as the apps do: %s',
    (query) => {
      expect(parseDatabaseUrl(`mysql://me:pw@db.test:3307/shop${query}`)?.connection).toMatchObject({
        port: 3307,
        ssl: { rejectUnauthorized: true },
      })
    },
  )

  it.each([
    '',
    'postgres://me@db.test/shop',
    'mysql://db.test',
    'mysql://me:50%off@db.test/shop',
    'mysql://db.test/shop?ssl={"rejectUnauthorized":false}',
    'mysql://db.test/shop?ssl=true&ssl=false',
    'mysql://db.test/shop?multipleStatements=true',
  ])('takes nothing else for the address of a database: %j', (text) => {
    expect(parseDatabaseUrl(text)).toBeUndefined()
  })
})
