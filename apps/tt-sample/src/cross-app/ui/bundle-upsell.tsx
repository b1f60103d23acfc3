import type {ReactNode} from 'react'

/** A bundle that holds the course someone is looking at. Amounts are ready to be shown. */
export interface BundleUpsellView {
  bundleTitle: string
  /** The other app's name, as people know it. */
  otherApp: string
  /** Titles of what the bundle adds there. */
  adds: string[]
  /** What the bundle costs, e.g. `$499`. */
  price: string
  /** What everything in it costs one by one, and the difference; null when that can't be told. */
  separately: {price: string; saving: string} | null
}

/**
 * Offers the bundle to someone who is about to buy one course of it. Without prices to compare it makes no promise.
 *
 * @param children the buttons
 */
export function BundleUpsell({offer, children}: {offer: BundleUpsellView; children: ReactNode}) {
  const {bundleTitle, otherApp, adds, price, separately} = offer
  return (
    <section data-upsell={separately === null ? 'plain' : 'saving'}>
      <h2 className="text-lg font-semibold tracking-tight">
        {separately === null ? `Add ${otherApp}` : `Add ${otherApp} and save ${separately.saving}`}
      </h2>
      <p className="mt-2 text-sm text-current/80">
        {bundleTitle} is this course and, on {otherApp}, {listOf(adds)}.
      </p>
      <p className="mt-2 mb-4 text-sm">
        <strong>{price}</strong> for everything
        {separately !== null && (
          <span className="text-current/80"> instead of {separately.price} one by one</span>
        )}
        .
      </p>
      {children}
    </section>
  )
}

function listOf(titles: string[]): string {
  return new Intl.ListFormat('en', {type: 'conjunction'}).format(titles)
}
