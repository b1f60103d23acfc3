import {renderToStaticMarkup} from 'react-dom/server'
import {describe, expect, it} from 'vitest'
import {BundleUpsell, type BundleUpsellView} from './bundle-upsell'

const offer: BundleUpsellView = {
  bundleTitle: 'TypeScript + AI',
  otherApp: 'AI Hero',
  adds: ['AI SDK Crash Course', 'Evals'],
  price: '$499',
  separately: {price: '$797', saving: '$298'},
}

function shown(changes: Partial<BundleUpsellView> = {}) {
  const html = renderToStaticMarkup(
    <BundleUpsell offer={{...offer, ...changes}}>
      <button type="submit">Add</button>
    </BundleUpsell>,
  )
  return {html, text: html.replace(/<[^>]+>/g, '')}
}

describe('BundleUpsell', () => {
  it('says what is added, what is saved, and what it costs against what', () => {
    const {text} = shown()
    expect(text).toContain('Add AI Hero and save $298')
    expect(text).toContain('TypeScript + AI is this course and, on AI Hero, AI SDK Crash Course and Evals.')
    expect(text).toContain('$499 for everything instead of $797 one by one.')
  })

  it('promises nothing when there is nothing to compare with', () => {
    const {text} = shown({separately: null})
    expect(text).toContain('Add AI HeroTypeScript')
    expect(text).not.toMatch(/save|instead/)
    expect(text).toContain('$499 for everything.')
  })

  it('has a heading, and the buttons it is given', () => {
    expect(shown().html).toMatch(/<h2.*<button/)
  })
})
