import { describe, expect, it } from 'vitest'
import type { DockerProbe } from '../docker/probe-docker.ts'
import { tryDocker } from './try-docker.ts'

const answers = (engine: 'desktop' | 'linux' | 'rootless' = 'linux'): DockerProbe => ({
  ok: true,
  version: '28.2.2, Compose 2.39.1',
  engine,
})
const silent: DockerProbe = {
  ok: false,
  reason: 'Docker did not answer within 2 s',
  nextStep: 'Restart Docker.',
}

const docker = (probe: DockerProbe, images: boolean) =>
  tryDocker({ patient: false }, { probe: async () => probe, hasImages: async () => images })

describe('tryDocker', () => {
  it('passes on why Docker is of no use', async () => {
    const { mysql, inngest } = await docker(silent, true)
    expect(await mysql(true)).toBe(silent)
    expect(await inngest(false)).toBe(silent)
  })

  it.each([
    { patient: true, limitMs: 20_000 },
    { patient: false, limitMs: undefined },
  ])(
    'waits longer for a Docker that nothing else stands in for (patient: $patient)',
    async ({ patient, limitMs }) => {
      const limits: (number | undefined)[] = []
      const probe = async (limit?: number) => {
        limits.push(limit)
        return answers()
      }
      await tryDocker({ patient }, { probe, hasImages: async () => true })
      expect(limits).toEqual([limitMs])
    },
  )

  it('brings what its images are here for', async () => {
    const { mysql, inngest } = await docker(answers(), true)
    expect(await mysql(false)).toMatchObject({
      ok: true,
      what: expect.stringMatching(/^MySQL 8\..*, Docker$/),
    })
    expect(await inngest(false)).toMatchObject({
      ok: true,
      what: expect.stringMatching(/^Inngest server 1\..*, Docker$/),
      source: { kind: 'docker' },
    })
  })

  it('fetches no images unless it may, and says with which flag it would', async () => {
    const { mysql } = await docker(answers(), false)
    expect(await mysql(false)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('--mysql=docker fetches it'),
    })
    expect(await mysql(true)).toMatchObject({ ok: true })
  })

  it('takes a rootless Docker for databases only: its containers can not call the apps', async () => {
    const { mysql, inngest } = await docker(answers('rootless'), true)
    expect(await mysql(false)).toMatchObject({ ok: true })
    expect(await inngest(true)).toMatchObject({ ok: false, reason: expect.stringContaining('rootless') })
  })
})
