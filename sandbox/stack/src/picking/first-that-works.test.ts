import { describe, expect, it } from 'vitest'
import { type Attempt, type Candidate, firstThatWorks } from './first-that-works.ts'

type Choice = 'url' | 'installed' | 'package'

const works: Attempt<string> = { ok: true, what: 'a server', version: '8.4.1', source: 'it' }
const fails = (reason: string): Attempt<string> => ({ ok: false, reason, nextStep: `Mend: ${reason}.` })

function pick(
  attempts: Partial<Record<Choice, Attempt<string>>>,
  { forced, givenBy }: { forced?: Choice; givenBy?: string } = {},
) {
  const asked: Choice[] = []
  const candidates = (['url', 'installed', 'package'] as const).map(
    (choice): Candidate<Choice, string> => ({
      choice,
      ...(choice === 'url' && givenBy !== undefined ? { givenBy } : {}),
      attempt() {
        asked.push(choice)
        return attempts[choice] ?? fails(`no ${choice}`)
      },
    }),
  )
  return {
    asked,
    result: firstThatWorks({ part: 'mysql', flag: '--mysql', candidates, forced }),
  }
}

describe('firstThatWorks', () => {
  it('takes the first choice that works and looks no further', async () => {
    const { result, asked } = pick({ url: works, installed: works })
    expect(await result).toEqual({
      pick: { choice: 'url', what: 'a server', version: '8.4.1', forced: false, passedOver: [] },
      source: 'it',
    })
    expect(asked).toEqual(['url'])
  })

  it('says of each earlier choice why it was not taken, in order', async () => {
    const { pick: taken } = await pick({ package: works }).result
    expect(taken).toMatchObject({
      choice: 'package',
      forced: false,
      passedOver: [
        { choice: 'url', reason: 'no url' },
        { choice: 'installed', reason: 'no installed' },
      ],
    })
  })

  it('tries nothing but what was asked for', async () => {
    const { result, asked } = pick({ url: works, installed: works, package: works }, { forced: 'package' })
    expect((await result).pick).toMatchObject({
      choice: 'package',
      forced: true,
      passedOver: [
        { choice: 'url', reason: '--mysql=package was asked for' },
        { choice: 'installed', reason: '--mysql=package was asked for' },
      ],
    })
    expect(asked).toEqual(['package'])
  })

  it('refuses what was asked for and can not be had, though another would work', async () => {
    const { result } = pick({ package: works }, { forced: 'installed' })
    await expect(result).rejects.toMatchObject({
      code: 'not-available',
      part: 'mysql',
      message: "--mysql=installed can't be had: no installed.",
      nextStep: 'Mend: no installed.',
    })
  })

  it('counts what a variable gives as asked for', async () => {
    const { pick: taken } = await pick({ url: works }, { givenBy: 'TT_DATABASE_URL' }).result
    expect(taken.forced).toBe(true)
  })

  it('refuses what a variable gives when it does not work, and tries nothing after it', async () => {
    const { result, asked } = pick({ installed: works }, { givenBy: 'TT_DATABASE_URL' })
    await expect(result).rejects.toMatchObject({ code: 'not-available', message: 'no url.' })
    expect(asked).toEqual(['url'])
  })

  it('lets a flag win over a variable', async () => {
    const { pick: taken } = await pick(
      { url: works, installed: works },
      { forced: 'installed', givenBy: 'TT_DATABASE_URL' },
    ).result
    expect(taken.choice).toBe('installed')
  })

  it('names every reason when nothing works', async () => {
    await expect(pick({}).result).rejects.toMatchObject({
      code: 'not-available',
      message: expect.stringMatching(/url \(no url\), installed \(no installed\), package \(no package\)/),
      nextStep: 'Mend: no package.',
    })
  })
})
