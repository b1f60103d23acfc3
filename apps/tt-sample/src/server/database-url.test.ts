import {describe, expect, it} from 'vitest'
import {DatabaseUrlError, readDatabaseUrl} from './database-url'

const url = 'mysql://us%40er:p%3Ass@db.example:3307/shop'

describe('readDatabaseUrl', () => {
  it('reads host, port, database and escaped credentials', () => {
    expect(readDatabaseUrl(url)).toEqual({
      host: 'db.example',
      port: 3307,
      user: 'us@er',
      password: 'p:ss',
      database: 'shop',
      ssl: undefined,
    })
    expect(readDatabaseUrl('mysql://u:p@db.example/shop').port).toBe(3306)
  })

  it.each(['?ssl=true', '?ssl={"rejectUnauthorized":true}', '?ssl=%7B%22rejectUnauthorized%22%3A%20true%7D'])(
    'takes %s for TLS with a certificate that is checked',
    (query) => {
      expect(readDatabaseUrl(url + query).ssl).toEqual({rejectUnauthorized: true})
    },
  )

  it.each([
    '?ssl=false',
    '?ssl=',
    '?ssl={"rejectUnauthorized":false}',
    '?ssl={"rejectUnauthorized":true,"ca":"x"}',
    '?ssl=true&ssl=false',
    '?sslmode=require',
    '?sslaccept=accept_invalid_certs',
    '?ssl=true&timezone=local',
  ])('refuses %s rather than to pass over it, and repeats no secret', (query) => {
    const read = () => readDatabaseUrl(url + query)
    expect(read).toThrow(DatabaseUrlError)
    expect(read).not.toThrow(/p%3Ass|p:ss/)
  })
})
