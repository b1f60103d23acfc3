import {BundleUpsell} from '../cross-app/ui/bundle-upsell'
import {formatMoney} from './format-money'
import {SubmitButton} from './submit-button'
import {TextLink} from './text-link'
import type {BundleOfferView} from './views'

/**
 * The bundle as an offer, with the button that buys it.
 *
 * @param look of the button: `secondary` beside another offer that comes first
 */
export function BundleOffer({offer, look}: {offer: BundleOfferView; look: 'primary' | 'secondary'}) {
  const {separately} = offer
  return (
    <BundleUpsell
      offer={{
        bundleTitle: offer.title,
        otherApp: 'AI Hero',
        adds: offer.adds,
        price: formatMoney(offer.price),
        separately:
          separately === null
            ? null
            : {price: formatMoney(separately.price), saving: formatMoney(separately.saving)},
      }}
    >
      <form action="/api/checkout" method="post">
        <input type="hidden" name="productId" value={offer.productId} />
        <SubmitButton wide look={look} busyLabel="Opening checkout…">
          Add AI Hero
        </SubmitButton>
      </form>
      <p className="mt-3 text-sm">
        <TextLink href={`/products/${offer.slug}`}>See what is in the bundle</TextLink>
      </p>
    </BundleUpsell>
  )
}
