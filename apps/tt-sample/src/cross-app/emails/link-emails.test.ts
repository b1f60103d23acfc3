import {describe, expect, it} from 'vitest'
import {type AccountLinkedMail, accountLinkedMail} from './account-linked'
import {type AccountUnlinkedMail, accountUnlinkedMail} from './account-unlinked'
import {mailText} from './mail-text'
import {renderMail} from './render-mail'

const linked: AccountLinkedMail = {
  email: 'ada@example.com',
  aiHeroEmail: 'ada@ai-hero.test',
  method: 'explicit',
  linkedAt: new Date('2026-01-05T23:30:00.000Z'),
  stillLinked: true,
  undoUrl: 'https://tt.test/account-link/not-me?token=abc.def',
  accountUrl: 'https://tt.test/account#ai-hero',
}

const unlinked: AccountUnlinkedMail = {
  email: 'ada@example.com',
  aiHeroEmail: 'ada@ai-hero.test',
  unlinkedAt: new Date('2026-02-06T09:00:00.000Z'),
  released: false,
  linkedAgain: false,
  accountUrl: 'https://tt.test/account#ai-hero',
}

describe('the mail after a link', () => {
  it('says to which account, since when and how, and has the way to undo it', () => {
    const text = mailText(accountLinkedMail(linked))
    expect(text).toContain(
      'linked to the AI Hero account ada@ai-hero.test on 5 January 2026, confirmed by you on both sides.',
    )
    expect(text).toContain('This wasn’t me:\nhttps://tt.test/account-link/not-me?token=abc.def\n')
    expect(text).toContain('within seven days')
  })

  it('leaves out an address that the link did not bring', () => {
    const text = mailText(accountLinkedMail({...linked, aiHeroEmail: null, method: 'oauth-github'}))
    expect(text).toContain('linked to an AI Hero account on 5 January 2026, because both accounts sign in')
  })

  it('does not say that accounts are linked which were unlinked before it was sent', () => {
    const mail = accountLinkedMail({...linked, stillLinked: false})
    expect(mail.heading).toBe('Your accounts were linked for a while')
    expect(mailText(mail)).toContain('The link has been ended since.')
    expect(mailText(mail)).not.toContain('open there by themselves')
  })

  it('says no more than it knows when a later link has taken this one’s place', () => {
    const text = mailText(
      accountLinkedMail({...linked, aiHeroEmail: null, method: null, linkedAt: null, stillLinked: false}),
    )
    expect(text).toContain('Your Total TypeScript account was linked to an AI Hero account.')
  })
})

describe('the mail after an unlink', () => {
  it('says what stays and what stops', () => {
    const text = mailText(accountUnlinkedMail(unlinked))
    expect(text).toContain('unlinked from the AI Hero account ada@ai-hero.test on 6 February 2026.')
    expect(text).toContain('* What stays: AI Hero courses that you have already opened stay open there.')
    expect(text).toContain('* What stops: AI Hero courses that you buy from now on wait')
  })

  it('says what closed when the claims of the link were freed', () => {
    const text = mailText(accountUnlinkedMail({...unlinked, released: true}))
    expect(text).toContain('* What closed: The AI Hero courses that this link had opened.')
    expect(text).not.toContain('What stays')
  })

  it('says so when an account has been linked again before it was sent', () => {
    expect(mailText(accountUnlinkedMail({...unlinked, linkedAgain: true}))).toContain('linked again since')
  })
})

describe('renderMail', () => {
  it('makes HTML and plain text that say the same', async () => {
    const mail = accountUnlinkedMail(unlinked)
    const {subject, html, text} = await renderMail(mail)
    expect(subject).toBe('Your Total TypeScript account was unlinked from AI Hero')
    for (const said of ['What stays', 'What stops', 'https://tt.test/account#ai-hero', mail.footer]) {
      expect(text).toContain(said)
      expect(html.replaceAll('<!-- -->', '')).toContain(said)
    }
    expect(text).not.toMatch(/<[a-z]/)
    // The first mail of a process loads the renderer.
  }, 30_000)

  it('names its colours for light and dark, so that no mail program has to guess', async () => {
    const {html} = await renderMail(accountLinkedMail(linked))
    expect(html).toContain('<meta name="color-scheme" content="light dark"')
    expect(html).toContain('@media (prefers-color-scheme: dark)')
    expect(html).toContain('.primary { background-color: #a9c0ff !important; color: #0c1322 !important; }')
  })

  it('leaves no light surface behind the dark ones', async () => {
    const {html} = await renderMail(accountLinkedMail(linked))
    const body = html.slice(html.indexOf('<body'))
    const surfaces = [...body.matchAll(/<[^>]*background-color[^>]*>/g)].map(([tag]) => tag)
    expect(surfaces.length).toBeGreaterThan(0)
    for (const tag of surfaces) expect(tag).toMatch(/class="(sheet|primary|quiet)"/)
  })

  it('treats an address as text', async () => {
    const {html} = await renderMail(accountLinkedMail({...linked, aiHeroEmail: '<img src=x>@evil.test'}))
    expect(html).not.toContain('<img')
  })
})
