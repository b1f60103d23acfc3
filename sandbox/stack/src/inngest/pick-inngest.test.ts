import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findProgram } from '../picking/find-program.ts'
import type { Attempt } from '../picking/first-that-works.ts'
import { fakeProgram } from '../testing/fake-program.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { type InngestSearch, type InngestSource, pickInngest } from './pick-inngest.ts'

const dockerFails: Attempt<InngestSource> = {
  ok: false,
  reason: 'there is no `docker` on PATH',
  nextStep: 'Install Docker.',
}
const dockerWorks: Attempt<InngestSource> = {
  ok: true,
  what: 'Inngest server 1.43.0, Docker',
  version: '1.43.0',
  source: { kind: 'docker' },
}

/** A machine with nothing on it, unless told. */
function machine(has: Partial<InngestSearch> = {}): InngestSearch {
  return {
    given: undefined,
    sameEverywhere: false,
    findOnPath: () => undefined,
    tryDocker: async () => dockerFails,
    fetchReal: async () => {
      throw new Error('`npm install inngest-cli@1.43.0` failed (ENOTFOUND github.com)')
    },
    ...has,
  }
}

/** PATH is one folder with an `inngest` of this version in it. */
function onPath(version: string): Pick<InngestSearch, 'findOnPath'> {
  const folder = temporaryFolder()
  fakeProgram('inngest', `echo ${version}`, folder)
  return { findOnPath: () => findProgram('inngest', folder) }
}

describe('pickInngest', () => {
  it('takes the given program, with the version it tells', async () => {
    const given = fakeProgram('inngest', 'echo 1.44.2-abc')
    const { pick, source } = await pickInngest(machine({ given, ...onPath('1.45.0') }), undefined)
    expect(pick).toEqual({
      choice: 'binary',
      what: 'Inngest server 1.44.2-abc, given by INNGEST_BIN',
      version: '1.44.2-abc',
      forced: true,
      passedOver: [],
    })
    expect(source).toEqual({ kind: 'program', program: given })
  })

  it.each(['exit 3', 'kill -9 $$'])('refuses a given program that does not run: %s', async (line) => {
    const given = fakeProgram('inngest', line)
    await expect(pickInngest(machine({ given }), undefined)).rejects.toMatchObject({
      code: 'not-available',
      message: `the Inngest server given by INNGEST_BIN does not run: ${given}.`,
      nextStep: expect.stringContaining('Correct INNGEST_BIN'),
    })
  })

  it('refuses a given program that is not there', async () => {
    const given = join(temporaryFolder(), 'nothing')
    await expect(pickInngest(machine({ given }), undefined)).rejects.toThrow('does not run')
  })

  it('takes the one on PATH before Docker and the embedded one', async () => {
    const { pick } = await pickInngest(
      machine({ ...onPath('1.45.1'), tryDocker: async () => dockerWorks }),
      undefined,
    )
    expect(pick).toMatchObject({
      choice: 'installed',
      version: '1.45.1',
      forced: false,
      passedOver: [{ choice: 'binary', reason: 'INNGEST_BIN is not set' }],
    })
  })

  it('passes over one on PATH that is too old, unless it was asked for', async () => {
    const search = machine(onPath('1.9.0'))
    const { pick } = await pickInngest(search, undefined)
    expect(pick.choice).toBe('embedded')
    expect(pick.passedOver[1]?.reason).toMatch(/inngest is 1\.9\.0, older than 1\.43\.0$/)
    expect((await pickInngest(search, 'installed')).pick).toMatchObject({ version: '1.9.0', forced: true })
  })

  it('takes Docker when its image is here, and fetches it only when asked to', async () => {
    const asked: boolean[] = []
    const search = machine({
      async tryDocker(pulls) {
        asked.push(pulls)
        return dockerWorks
      },
    })
    expect((await pickInngest(search, undefined)).pick.choice).toBe('docker')
    expect((await pickInngest(search, 'docker')).pick.choice).toBe('docker')
    expect(asked).toEqual([false, true])
  })

  it('takes the embedded one on a machine that has nothing, and says why not the others', async () => {
    const { pick, source } = await pickInngest(machine(), undefined)
    expect(source).toEqual({ kind: 'embedded' })
    expect(pick).toMatchObject({
      choice: 'embedded',
      what: 'Inngest stand-in',
      passedOver: [
        { choice: 'binary', reason: 'INNGEST_BIN is not set' },
        { choice: 'installed', reason: 'there is no `inngest` on PATH' },
        { choice: 'docker', reason: 'there is no `docker` on PATH' },
        { choice: 'real', reason: 'fetched only when asked for with --real' },
      ],
    })
  })

  it('fetches the pinned one when it is asked for', async () => {
    const program = fakeProgram('inngest', 'echo 1.43.0')
    const fetchReal = async () => ({ program, version: '1.43.0' })
    const { pick, source } = await pickInngest(machine({ fetchReal, ...onPath('1.45.0') }), 'real')
    expect(pick).toMatchObject({ choice: 'real', version: '1.43.0', forced: true })
    expect(source).toEqual({ kind: 'program', program })
  })

  it.each([
    ['binary', 'INNGEST_BIN is not set', 'Set INNGEST_BIN'],
    ['installed', 'no `inngest` on PATH', 'npm install -g inngest-cli@1.43.0'],
    ['docker', 'no `docker` on PATH', 'Install Docker.'],
    ['real', 'ENOTFOUND github.com', 'It needs the npm registry and github.com'],
  ] as const)(
    'refuses --inngest=%s when it can not be had, with what to do',
    async (choice, reason, step) => {
      await expect(pickInngest(machine(), choice)).rejects.toMatchObject({
        code: 'not-available',
        message: expect.stringContaining(reason),
        nextStep: expect.stringContaining(step),
      })
    },
  )

  it('lets --inngest=embedded win over a given program', async () => {
    const given = fakeProgram('inngest', 'exit 3')
    expect((await pickInngest(machine({ given }), 'embedded')).pick.choice).toBe('embedded')
  })

  it('takes neither PATH nor Docker in a stack that is the same on every machine', async () => {
    const search = machine({ sameEverywhere: true, ...onPath('1.45.0'), tryDocker: async () => dockerWorks })
    expect((await pickInngest(search, undefined)).pick.choice).toBe('embedded')
    const given = fakeProgram('inngest', 'echo 1.43.0')
    expect((await pickInngest({ ...search, given }, undefined)).pick.choice).toBe('binary')
  })
})
