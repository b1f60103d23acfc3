import {renderToStaticMarkup} from 'react-dom/server'
import {describe, expect, it} from 'vitest'
import type {LinkView} from './link-view'
import {LinkedAccount, UnlinkConsequences} from './linked-account'

function textOf(link: LinkView): string {
  const html = renderToStaticMarkup(<LinkedAccount link={link} otherApp="AI Hero" />)
  return html.replace(/<[^>]+>/g, '')
}

describe('LinkedAccount', () => {
  it('names the other account, the way and the day when both are linked', () => {
    const text = textOf({
      state: 'linked',
      aiHeroEmail: 'ada@example.com',
      method: 'explicit',
      since: '2026-01-05T23:30:00.000Z',
    })
    expect(text).toContain('Linked to AI Hero as ada@example.com')
    expect(text).toContain('Since 5 January 2026, confirmed by you on both sides.')
  })

  it('leaves the address out when the link did not bring one', () => {
    const text = textOf({
      state: 'linked',
      aiHeroEmail: null,
      method: 'oauth-github',
      since: '2026-01-05T09:00:00.000Z',
    })
    expect(text).toContain('Linked to AI HeroSince')
    expect(text).toContain('the same GitHub account')
  })

  it('says that purchases are kept when nothing is linked', () => {
    expect(textOf({state: 'none'})).toContain('are kept for you until both accounts are linked')
  })

  it('says that unlinking is under way', () => {
    expect(textOf({state: 'unlinking'})).toContain('has been asked to end the link')
  })
})

describe('UnlinkConsequences', () => {
  it('says what stays and what stops', () => {
    const text = renderToStaticMarkup(<UnlinkConsequences otherApp="AI Hero" />).replace(/<[^>]+>/g, ' ')
    expect(text).toContain('Courses you have already opened on AI Hero stay open there.')
    expect(text).toContain('AI Hero courses you buy from now on wait')
  })
})
