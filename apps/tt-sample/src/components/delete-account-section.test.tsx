import {renderToStaticMarkup} from 'react-dom/server'
import {describe, expect, it} from 'vitest'
import {DeleteAccountSection} from './delete-account-section'

function shown(confirming: boolean) {
  const html = renderToStaticMarkup(<DeleteAccountSection confirming={confirming} problem={null} />)
  return {html, text: html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')}
}

describe('DeleteAccountSection', () => {
  it('asks first: the first button deletes nothing', () => {
    const {html} = shown(false)
    expect(html).toContain('<form action="/account#delete-account" method="get">')
    expect(html).not.toContain('/api/account/delete')
  })

  it('says in plain words what is lost, what is kept, and that nothing is refunded', () => {
    const {html, text} = shown(true)
    expect(text).toContain('Nothing you bought is refunded by this.')
    expect(text).toContain('Courses you have already opened there stay open.')
    expect(text).toMatch(/Yes, delete my account.*Keep my account/)
    expect(html).toContain('<input type="hidden" name="confirm" value="delete"/>')
  })
})
