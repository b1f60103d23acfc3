import { describe, expect, it } from 'vitest'
import { createGuard } from '../guard/guard.ts'
import { freePort } from '../ports/free-port.ts'
import { givenMysqlPart } from './mysql-part.ts'

async function refusal(url: string): Promise<unknown> {
  const guard = createGuard()
  try {
    return await givenMysqlPart({ app: 'tt', url }).start(guard)
  } catch (error) {
    return error
  } finally {
    await guard.close()
  }
}

describe('givenMysqlPart', () => {
  it.each(['', '?ssl=true'])(
    'tells a server that is not there from an address that is wrong: %j',
    async (query) => {
      const port = await freePort()
      expect(await refusal(`mysql://me:secret@127.0.0.1:${port}/shop${query}`)).toMatchObject({
        code: 'database-refused',
        message: `The database server at 127.0.0.1:${port} (TT_DATABASE_URL) can't be reached: ECONNREFUSED.`,
      })
    },
  )

  it('says how to write what an address can not hold, and never the address itself', async () => {
    const error = await refusal('mysql://me:50%off@127.0.0.1:3306/shop')
    expect(error).toMatchObject({
      code: 'database-refused',
      message: 'TT_DATABASE_URL is not a database address.',
      nextStep: expect.stringContaining('%25'),
    })
    expect(JSON.stringify(error)).not.toContain('50%off')
  })
})
