import { handleBundlePurchase } from './handle-bundle-purchase'
import { handleRevocation } from './handle-revocation'
import { sweepOutbox } from './sweep-outbox'

/** Every function to be registered with Inngest. */
export const crossAppFunctions = [handleBundlePurchase, handleRevocation, sweepOutbox]
