import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnvFile, readOverrides } from './overrides.ts'
import { repositoryRoot } from './paths.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

describe('readOverrides', () => {
  it('reads each app’s own variables', () => {
    const given = {
      TT_DATABASE_URL: 'mysql://127.0.0.1/tt',
      AH_STRIPE_SECRET_KEY: 'sk_test_1',
      TT_GITHUB_CLIENT_ID: 'id',
      INNGEST_BIN: '/opt/inngest',
    }
    expect(readOverrides(given, {})).toMatchObject({
      databaseUrl: { tt: 'mysql://127.0.0.1/tt', ah: undefined },
      stripeSecretKey: { tt: undefined, ah: 'sk_test_1' },
      github: { clientId: { tt: 'id', ah: undefined } },
      inngestProgram: '/opt/inngest',
    })
  })

  it('takes a program’s path from the root of the repository, since the program runs elsewhere', () => {
    const program = (given: string) => readOverrides({ INNGEST_BIN: given }, {}).inngestProgram
    expect(program('./bin/inngest')).toBe(join(repositoryRoot, 'bin', 'inngest'))
    expect(program('/opt/inngest')).toBe('/opt/inngest')
    expect(program('inngest')).toBe('inngest')
  })

  it('takes the environment before the file, and an empty value for none', () => {
    const file = { INNGEST_BIN: '/from/file', TT_DATABASE_URL: 'mysql://file/tt' }
    expect(readOverrides({ INNGEST_BIN: '/from/environment', TT_DATABASE_URL: '' }, file)).toMatchObject({
      inngestProgram: '/from/environment',
      databaseUrl: { tt: 'mysql://file/tt' },
    })
    expect(readOverrides({}, { INNGEST_BIN: '' }).inngestProgram).toBeUndefined()
  })
})

describe('readEnvFile', () => {
  it('reads what editors on every system write: quotes, spaces, CRLF, a mark at the beginning', () => {
    const file = join(temporaryFolder(), '.env')
    writeFileSync(
      file,
      '\uFEFFTT_STRIPE_SECRET_KEY="sk_test_1"\r\nINNGEST_BIN = /opt/my inngest \r\n# none\r\n',
    )
    expect(readEnvFile(file)).toEqual({ TT_STRIPE_SECRET_KEY: 'sk_test_1', INNGEST_BIN: '/opt/my inngest' })
  })

  it('is empty without a file, and no excuse for one that can not be read', () => {
    const folder = temporaryFolder()
    expect(readEnvFile(join(folder, '.env'))).toEqual({})
    mkdirSync(join(folder, '.env'))
    expect(() => readEnvFile(join(folder, '.env'))).toThrow('EISDIR')
  })
})
