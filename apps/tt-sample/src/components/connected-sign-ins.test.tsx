import {renderToStaticMarkup} from 'react-dom/server'
import {describe, expect, it} from 'vitest'
import {ConnectedSignIns} from './connected-sign-ins'
import type {SignInWay} from './views'

const github: SignInWay = {id: 'github', name: 'GitHub', connected: true, since: '2026-01-05T09:00:00.000Z'}
const discord: SignInWay = {id: 'discord', name: 'Discord', connected: false, since: null}

function textOf(ways: SignInWay[], emailConfirmed = true): string {
  return renderToStaticMarkup(
    <ConnectedSignIns ways={ways} email="ada@example.com" emailConfirmed={emailConfirmed} />,
  )
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('ConnectedSignIns', () => {
  it('lists each way, whether it is connected, and since when', () => {
    const text = textOf([github, discord])
    expect(text).toContain('GitHub Since 5 January 2026 Connected')
    expect(text).toContain('Discord Not connected')
    expect(text).toContain('Email link To ada@example.com Confirmed')
  })

  it('says how to connect what is not connected, and nothing when all are', () => {
    expect(textOf([github, discord])).toContain('sign out and sign in with it')
    expect(textOf([github])).not.toContain('To connect one')
  })

  it('offers the link that confirms an address', () => {
    expect(textOf([], false)).toContain('Mail me a link to confirm it Not confirmed')
  })
})
