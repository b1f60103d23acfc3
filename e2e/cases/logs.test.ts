import { afterAll, describe, expect, it } from 'vitest'
import { boughtBundle, newPerson } from '../src/buyers.ts'
import { openFixture } from '../src/fixture.ts'
import { askForLink, linkOverHttp } from '../src/link-over-http.ts'
import { readLogs, scanText } from '../src/scan-logs.ts'
import { logFolder, secretsOf } from '../src/stack-secrets.ts'

const fixture = openFixture()
afterAll(() => fixture.close())

describe('the logs of every part', () => {
  it('hold no secret, token or email address after people have signed in, bought and linked', async () => {
    const [tt, ah] = await Promise.all([newPerson(fixture, 'tt'), newPerson(fixture, 'ah')])
    await boughtBundle(fixture, tt.session)
    await linkOverHttp(fixture, tt, ah)
    await fixture.links.waitForLink(tt.userId, ah.userId)
    // And once more a token that is refused: what goes wrong is logged in more words.
    const refused = await ah.session.get(`${fixture.info.ah.url}/account-link/confirm?token=eyJub3Q.a.token`)
    await refused.text()
    await fixture.sweep('tt')
    await fixture.sweep('ah')

    const logs = readLogs(logFolder(fixture.info.name))
    expect([...logs.keys()]).toEqual(expect.arrayContaining(['tt.log', 'ah.log']))
    // Something was written about this very run, so there was something to look at.
    expect(logs.get('ah.log')?.length).toBeGreaterThan(0)
    const secrets = secretsOf(fixture.info.name)
    expect(Object.keys(secrets).length).toBeGreaterThan(10)
    const leaks = [...logs].flatMap(([file, text]) => scanText(file, text, secrets))
    expect(leaks).toEqual([])
  })

  it('control: the search finds each of them', async () => {
    const { session } = await newPerson(fixture, 'tt')
    const confirmUrl = await askForLink(fixture, session)
    const [name, secret] = Object.entries(secretsOf(fixture.info.name))[0] ?? []
    const kinds = (line: string) =>
      scanText('made-up.log', line, { [name ?? '']: secret ?? '' }).map(({ kind }) => kind)
    expect(kinds(`GET ${confirmUrl}`)).toEqual(
      expect.arrayContaining(['a signed token', 'a token in an address']),
    )
    expect(kinds('sent to ada@example.com')).toEqual(['an email address'])
    expect(kinds('cookie: tt.session-token=abc')).toEqual(['a session cookie'])
    expect(kinds(`connected with ${secret}`)).toEqual([`the value of ${name}`])
    expect(kinds('authorization: Bearer abcdefghijklmnop')).toEqual(['a bearer token'])
    expect(kinds('{"level":"info","message":"cross_app.grant_applied"}')).toEqual([])
  })
})
