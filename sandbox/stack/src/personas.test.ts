import { describe, expect, it } from 'vitest'
import { discordUsers, githubUsers, linkedBuyer, linkedBuyers, personas, strangers } from './personas.ts'

describe('linkedBuyer', () => {
  it('is the same for the same run and number, wherever it is asked', () => {
    expect(linkedBuyer('run-1', 3)).toEqual(linkedBuyer('run-1', 3))
  })

  it('differs from every other run and number', () => {
    const all = ['a', 'a-1', 'b']
      .flatMap((run) => linkedBuyers(run, 12))
      .flatMap(({ ttUserId, ahUserId }) => [ttUserId, ahUserId])
    // "a-1" number 1 and "a" number "1-1" must not meet: a number has no dash.
    expect(new Set(all).size).toBe(all.length)
  })

  it.each(['', 'Capital', '-dash', 'white space', 'x'.repeat(41)])('refuses the run id %j', (runId) => {
    expect(() => linkedBuyer(runId, 0)).toThrow(RangeError)
  })

  it.each([-1, 0.5, Number.NaN])('refuses the number %d', (index) => {
    expect(() => linkedBuyer('run', index)).toThrow(RangeError)
  })
})

describe('personas', () => {
  it('have ids and sign-ins of their own', () => {
    const ids = personas.flatMap(({ tt, ah, github, discord }) => [
      tt.userId,
      ah.userId,
      github.login,
      github.providerAccountId,
      discord.username,
      discord.providerAccountId,
    ])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('share no sign-in, name or address with a stranger', () => {
    for (const users of [githubUsers, discordUsers]) {
      for (const field of ['name', 'email'] as const) {
        const values = users.map((user) => user[field]).filter((value) => value !== null)
        expect(new Set(values).size).toBe(values.length)
      }
    }
    const logins = [...githubUsers.map(({ login }) => login), ...discordUsers.map(({ username }) => username)]
    expect(new Set(logins).size).toBe(logins.length)
    const known = new Set(personas.flatMap(({ tt, ah }) => [tt.email, ah.email]))
    for (const { email } of strangers) expect(email !== null && known.has(email)).toBe(false)
  })

  it('have no login that is part of another: tests find buttons by it', () => {
    for (const logins of [
      githubUsers.map(({ login }) => login),
      discordUsers.map(({ username }) => username),
    ]) {
      for (const login of logins) expect(logins.filter((other) => other.includes(login))).toEqual([login])
    }
  })
})
