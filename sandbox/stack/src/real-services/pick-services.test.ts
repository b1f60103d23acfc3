import { describe, expect, it } from 'vitest'
import { readOverrides } from '../overrides.ts'
import type { Pick, ServiceChoice } from '../picking/pick.ts'
import { portsOf } from '../ports/ports-of.ts'
import { callbackNotes } from './callback-notes.ts'
import { pickMail } from './pick-mail.ts'
import { pickDiscord, pickGithub } from './pick-sign-in.ts'

/** The overrides as these variables alone give them: a person's own `.env` stays out of the tests. */
const given = (variables: Record<string, string>) => readOverrides(variables, {})

const services = [
  {
    service: 'GitHub',
    pick: pickGithub,
    names: ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
    addresses: ['GITHUB_BASE_URL', 'GITHUB_API_BASE_URL'],
  },
  {
    service: 'Discord',
    pick: pickDiscord,
    names: ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET'],
    addresses: ['DISCORD_BASE_URL', 'DISCORD_API_BASE_URL'],
  },
  {
    service: 'Resend',
    pick: pickMail,
    names: ['RESEND_API_KEY', 'EMAIL_FROM'],
    addresses: ['RESEND_BASE_URL'],
  },
] as const

describe.each(services)('$service', ({ service, pick, names: [first, second], addresses }) => {
  it('is real with its two variables: the app gets them, and no address of the stand-in', () => {
    const overrides = given({ [`TT_${first}`]: 'one', [`TT_${second}`]: 'two' })
    const { pick: picked, environment } = pick({ app: 'tt', overrides, forced: undefined })
    expect(picked).toMatchObject({ choice: 'real', what: service, forced: true })
    expect(environment).toEqual({
      [first]: 'one',
      [second]: 'two',
      ...Object.fromEntries(addresses.map((name) => [name, undefined])),
    })
    // The other app keeps its stand-in, and nothing about it changes.
    expect(pick({ app: 'ah', overrides, forced: undefined })).toMatchObject({
      pick: { choice: 'stand-in', what: `${service} stand-in`, forced: false },
      environment: {},
    })
  })

  it.each([
    [first, second],
    [second, first],
  ])('refuses %s without %s, naming the one that is missing', (present, missing) => {
    const overrides = given({ [`AH_${present}`]: 'one' })
    expect(() => pick({ app: 'ah', overrides, forced: undefined })).toThrow(
      `AH_${present} is given, and AH_${missing} is missing.`,
    )
  })

  it('says why it is the stand-in', () => {
    const { pick: picked } = pick({ app: 'tt', overrides: given({}), forced: undefined })
    expect(picked.passedOver).toEqual([
      { choice: 'real', reason: expect.stringMatching(new RegExp(`^TT_${first} .*not given$`)) },
    ])
  })

  it('refuses the real one that was asked for without its variables', () => {
    expect(() => pick({ app: 'tt', overrides: given({}), forced: 'real' })).toThrow(`TT_${first}`)
  })

  it('is the stand-in with its variables too, when that was asked for', () => {
    const overrides = given({ [`TT_${first}`]: 'one', [`TT_${second}`]: 'two' })
    expect(pick({ app: 'tt', overrides, forced: 'stand-in' }).pick.choice).toBe('stand-in')
  })
})

describe('callbackNotes', () => {
  const picked = (choice: ServiceChoice): Pick<ServiceChoice> => ({
    choice,
    what: '',
    version: '',
    forced: false,
    passedOver: [],
  })
  const real = picked('real')
  const standIn = picked('stand-in')

  it('tells the address to enter at each real provider, and that mails leave the machine', () => {
    const picks = { githubTt: real, githubAh: standIn, discordAh: real, mailAh: real }
    expect(callbackNotes({ picks, ports: portsOf() })).toEqual([
      "GitHub: the callback URL of Total TypeScript's OAuth app must be http://localhost:3000/api/auth/callback/github",
      "Discord: AI Hero's application needs the redirect http://localhost:3001/api/auth/callback/discord",
      "Resend: AI Hero's mails go to real inboxes.",
    ])
  })

  it('has nothing to say when everything is a stand-in', () => {
    expect(callbackNotes({ picks: { githubTt: standIn }, ports: portsOf() })).toEqual([])
    expect(callbackNotes({ picks: {}, ports: portsOf() })).toEqual([])
  })
})
