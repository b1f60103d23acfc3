import {Notice} from './notice'
import {TextLink} from './text-link'

/** Stands above what a guest has bought, until the address is known to be theirs. */
export function ConfirmEmailNotice() {
  return (
    <Notice tone="hint">
      <p className="font-semibold">One thing left: confirm your address</p>
      <p>
        You bought without signing in, so nothing opens yet. Open the link in the receipt that we mailed to
        the address you paid with. Nothing there?{' '}
        <TextLink href="/sign-in?callbackUrl=%2Faccount">We can mail you another link</TextLink>.
      </p>
    </Notice>
  )
}
