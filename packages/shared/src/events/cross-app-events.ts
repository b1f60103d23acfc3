import type { z } from 'zod/v4'
import { accountLinked } from './account-linked'
import { accountUnlinkRequested } from './account-unlink-requested'
import { accountUnlinked } from './account-unlinked'
import { bundlePurchased } from './bundle-purchased'
import { entitlementFailed } from './entitlement-failed'
import { entitlementGranted } from './entitlement-granted'
import { entitlementRevoke } from './entitlement-revoke'
import { entitlementRevoked } from './entitlement-revoked'
import { userOauthLogin } from './user-oauth-login'

/** Every event that may cross between the apps, and the schema of its readable data (without `proof`). */
export const crossAppEvents = {
  'bundle/purchased': bundlePurchased,
  'entitlement/revoke': entitlementRevoke,
  'entitlement/granted': entitlementGranted,
  'entitlement/revoked': entitlementRevoked,
  'entitlement/failed': entitlementFailed,
  'account/linked': accountLinked,
  'account/unlinked': accountUnlinked,
  'account/unlink-requested': accountUnlinkRequested,
  'user/oauth-login': userOauthLogin,
} as const

export type CrossAppEventName = keyof typeof crossAppEvents
export type CrossAppEventData<Name extends CrossAppEventName> = z.infer<(typeof crossAppEvents)[Name]>

/** An event ready to be sent: the bridge adds id and proof. */
export type CrossAppEvent = {
  [Name in CrossAppEventName]: { name: Name; data: CrossAppEventData<Name> }
}[CrossAppEventName]

/** An event whose proof was verified: the data is what the peer signed. */
export type VerifiedEvent<Name extends CrossAppEventName = CrossAppEventName> = {
  [Key in Name]: { name: Key; id: string; data: CrossAppEventData<Key> }
}[Name]

export function isCrossAppEventName(name: string): name is CrossAppEventName {
  return Object.hasOwn(crossAppEvents, name)
}
