import {PUBLISHED_EXAMPLE_SECRET} from '@cross-app/shared'
import {describe, expect, it} from 'vitest'
import {EnvironmentError, readEnvironment} from './env'

const complete = {
  NEXTAUTH_URL: 'http://localhost:3000/',
  NEXTAUTH_SECRET: 'a-secret-for-tests-of-at-least-32-bytes',
  DATABASE_URL: 'mysql://user:password@127.0.0.1:3307/tt',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  INNGEST_EVENT_KEY: 'key',
  INNGEST_SIGNING_KEY: 'signkey-test-00',
  AI_HERO_INNGEST_EVENT_KEY: 'key',
  AI_HERO_URL: 'http://localhost:3001',
  CROSS_APP_SECRET: 'the-shared-secret-of-both-apps-in-tests',
  CROSS_APP_ENVIRONMENT: 'test',
  GITHUB_CLIENT_ID: 'id',
  GITHUB_CLIENT_SECRET: 'secret',
  RESEND_API_KEY: 're_1',
  EMAIL_FROM: 'Total TypeScript <hello@example.com>',
  CRON_SECRET: 'a-cron-secret-for-tests',
}

describe('readEnvironment', () => {
  it('fills in what has a default, and takes the trailing slash off addresses', () => {
    expect(readEnvironment(complete)).toMatchObject({
      NEXTAUTH_URL: 'http://localhost:3000',
      AI_HERO_INNGEST_BASE_URL: 'https://inn.gs',
      GITHUB_BASE_URL: 'https://github.com',
      COOKIE_PREFIX: 'tt',
    })
  })

  it.each(['NEXTAUTH_SECRET', 'CROSS_APP_SECRET'])(
    'refuses the published example as %s in production',
    (name) => {
      const given = {...complete, [name]: PUBLISHED_EXAMPLE_SECRET}
      expect(() => readEnvironment({...given, CROSS_APP_ENVIRONMENT: 'production'})).toThrow(
        `${name} is wrong: is the published example`,
      )
      expect(() => readEnvironment(given)).not.toThrow()
    },
  )

  it.each(Object.keys(complete))('names %s when it is missing or empty', (name) => {
    for (const value of [undefined, '']) {
      expect(() => readEnvironment({...complete, [name]: value})).toThrow(`${name} is missing`)
    }
  })

  it.each([
    ['DATABASE_URL', 'postgres://127.0.0.1/tt'],
    ['DATABASE_URL', 'mysql://user:hidden@127.0.0.1/tt?sslmode=disable'],
    ['DATABASE_URL', 'mysql://user:hidden@127.0.0.1/tt?ssl=true&connection_limit=5'],
    ['NEXTAUTH_URL', 'localhost:3000'],
    ['NEXTAUTH_SECRET', 'short'],
    ['CRON_SECRET', 'short'],
    ['COOKIE_PREFIX', 'Not A Name'],
  ])('names %s when it is malformed, and never repeats its value', (name, value) => {
    const read = () => readEnvironment({...complete, [name]: value})
    expect(read).toThrow(EnvironmentError)
    expect(read).toThrow(new RegExp(`${name} is wrong`))
    expect(read).not.toThrow(value)
  })

  it.each([
    ['NEXTAUTH_SECRET', 'replace-me-with-openssl-rand-base64-48-replace-me'],
    ['CRON_SECRET', 'replace-me-with-a-long-secret'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_replace_me'],
  ])('refuses the published example of %s in production only', (name, value) => {
    const read = (environment: string) =>
      readEnvironment({...complete, CROSS_APP_ENVIRONMENT: environment, [name]: value})
    expect(() => read('production')).toThrow(`${name} is wrong: is the published example`)
    expect(read('local-dev')).toMatchObject({[name]: value})
  })

  it('takes Discord whole or not at all', () => {
    expect(readEnvironment(complete).DISCORD_CLIENT_ID).toBeUndefined()
    const both = {DISCORD_CLIENT_ID: 'id', DISCORD_CLIENT_SECRET: 'secret'}
    expect(readEnvironment({...complete, ...both})).toMatchObject({
      ...both,
      DISCORD_BASE_URL: 'https://discord.com',
      DISCORD_API_BASE_URL: 'https://discord.com/api',
    })
    for (const [name, value] of Object.entries(both)) {
      const missing = Object.keys(both).find((other) => other !== name)
      expect(() => readEnvironment({...complete, [name]: value})).toThrow(`${missing} is missing`)
    }
  })

  it('names everything that is wrong at once', () => {
    expect(() => readEnvironment({})).toThrow(/DATABASE_URL is missing.*CROSS_APP_SECRET is missing/s)
  })
})
