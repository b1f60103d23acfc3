import {renderToStaticMarkup} from 'react-dom/server'
import {describe, expect, it} from 'vitest'
import type {LinkView} from '../cross-app/ui/link-view'
import {accountProblem} from './account-message'
import {AiHeroSection} from './ai-hero-section'

const linked: LinkView = {
  state: 'linked',
  aiHeroEmail: 'ada@ai-hero.test',
  method: 'explicit',
  since: '2026-01-05T09:00:00.000Z',
}

function shown(
  link: LinkView,
  {
    problem = '',
    ...changes
  }: {problem?: string; arrived?: boolean; confirming?: boolean; justUnlinked?: boolean} = {},
) {
  const html = renderToStaticMarkup(
    <AiHeroSection
      link={link}
      problem={accountProblem(problem)}
      arrived={false}
      confirming={false}
      justUnlinked={false}
      {...changes}
    />,
  )
  return {html, text: html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')}
}

describe('AiHeroSection', () => {
  it('offers to link by a form when nothing is linked', () => {
    const {html, text} = shown({state: 'none'})
    expect(html).toContain('<form action="/api/account-link/initiate" method="post">')
    expect(text).toContain('Link your AI Hero account')
    expect(text).not.toContain('Unlink')
  })

  it('tells someone who comes from AI Hero what to press, and that nothing happens before they agree', () => {
    const {html, text} = shown({state: 'none'}, {arrived: true})
    expect(text).toContain('Press “Link your AI Hero account”')
    expect(text).toContain('nothing is linked before you say yes there')
    expect(html).toContain('ring-2 ring-blue')
  })

  it('tells someone who comes from AI Hero when there is nothing left to do', () => {
    expect(shown(linked, {arrived: true}).text).toContain('Your accounts are linked already')
  })

  it('asks before it unlinks: the first button only asks', () => {
    const {html, text} = shown(linked)
    expect(html).toContain('<form action="/account#ai-hero" method="get">')
    expect(html).not.toContain('/api/account-link/unlink')
    expect(text).toContain('Linked to AI Hero as ada@ai-hero.test')
  })

  it('says what stays and what stops before the button that unlinks', () => {
    const {html, text} = shown(linked, {confirming: true})
    expect(html).toContain('action="/api/account-link/unlink" method="post"')
    expect(text).toMatch(/Unlink from AI Hero\?.*What stays.*What stops.*Yes, unlink.*Keep it linked/)
  })

  it.each([{state: 'none'}, {state: 'unlinking'}] satisfies LinkView[])(
    'has nothing to confirm when the link is $state',
    (link) => {
      expect(shown(link, {confirming: true}).html).not.toContain('/api/account-link/unlink')
    },
  )

  it('says that unlinking is under way, and offers nothing meanwhile', () => {
    const {html, text} = shown({state: 'unlinking'}, {justUnlinked: true})
    expect(text).toContain('AI Hero has been asked to end the link')
    expect(html).not.toContain('<form')
  })

  it('says so when it is done', () => {
    expect(shown({state: 'none'}, {justUnlinked: true}).text).toContain('Your accounts are no longer linked')
  })

  it('shows why something was refused at once, instead of the invitation', () => {
    const {html, text} = shown({state: 'none'}, {problem: 'still-unlinking', arrived: true})
    expect(html).toContain('role="alert"')
    expect(text).toContain('The last link is still being ended')
    expect(text).not.toContain('You came from AI Hero')
  })
})
