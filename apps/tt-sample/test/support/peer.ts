import {
  type BundlePurchased,
  type CrossAppEvent,
  type CrossAppEventData,
  createBridge,
  type EntitlementGranted,
  type EntitlementRevoke,
  type EntitlementRevoked,
} from '@cross-app/shared'
import {signedEvent} from '@cross-app/shared/testing'
import {world} from './world'

const secrets = {current: 'the-shared-secret-of-both-apps-in-tests'}
const environment = 'test'

/** AI Hero's end of the bridge. */
export const peerBridge = createBridge({
  self: 'ai-hero',
  peer: 'total-typescript',
  environment,
  secrets,
  eventApi: {baseUrl: 'http://127.0.0.1:9', eventKey: 'unused'},
})

export type Desired = BundlePurchased | EntitlementRevoke

/** What reached AI Hero about a purchase, in the order of arrival, each verified as AI Hero would. */
export async function receivedByPeer(
  purchaseId: string,
): Promise<{name: 'bundle/purchased' | 'entitlement/revoke'; data: Desired}[]> {
  const events = world.eventApi.received.filter(
    (event) => event.key === 'ah-key' && event.data.purchaseId === purchaseId,
  )
  return Promise.all(
    events.map(async (event) => {
      const name = event.name as 'bundle/purchased' | 'entitlement/revoke'
      const {data} = await peerBridge.open({name, id: event.id, data: event.data})
      return {name, data}
    }),
  )
}

type Answer =
  | {name: 'entitlement/granted'; data: EntitlementGranted}
  | {name: 'entitlement/revoked'; data: EntitlementRevoked}

/** AI Hero's answer when it has applied exactly what it was asked for. */
export function answerTo(
  desired: Desired,
  {
    stateVersion = desired.revision,
    claimed = desired.owner.proven,
    over = {},
  }: {stateVersion?: number; claimed?: boolean; over?: Partial<EntitlementGranted>} = {},
): Answer {
  const state = 'mode' in desired ? (desired.mode === 'suspend' ? 'suspended' : 'revoked') : 'granted'
  const common = {
    v: 1 as const,
    syncId: desired.syncId,
    sourcePurchaseId: desired.purchaseId,
    productId: desired.targetProductId,
    revision: desired.revision,
    appliedState: {
      state,
      ownerUserId: desired.owner.userId,
      ownerEmail: desired.owner.email,
      ownerProven: desired.owner.proven,
      restriction: desired.restriction ?? null,
    } as const,
    stateVersion,
    grantId: `grant-${desired.syncId}`,
    entitlementIds: [`entitlement-${desired.syncId}`],
    ...(claimed ? {targetUserId: 'user-of-ai-hero'} : {}),
  }
  if (state === 'granted') {
    return {
      name: 'entitlement/granted',
      data: {...common, status: claimed ? 'active' : 'pending', ...over},
    }
  }
  const {status: _, ...changed} = over
  return {name: 'entitlement/revoked', data: {...common, status: state, ...changed}}
}

/** The same, signed, as it would arrive in this app's Inngest. */
export function signedByPeer(
  event: CrossAppEvent,
  over: {environment?: string; from?: 'ai-hero' | 'total-typescript'; secret?: string} = {},
) {
  return signedEvent(
    {
      secrets: over.secret === undefined ? secrets : {current: over.secret},
      environment: over.environment ?? environment,
      from: over.from ?? 'ai-hero',
      to: over.from === 'total-typescript' ? 'ai-hero' : 'total-typescript',
    },
    event,
  )
}

/** What reached AI Hero of one kind about one user of this app, each verified as AI Hero would. */
export async function toldPeer<Name extends 'account/unlink-requested' | 'user/oauth-login'>(
  name: Name,
  userId: string,
): Promise<CrossAppEventData<Name>[]> {
  const field = name === 'user/oauth-login' ? 'userId' : 'linkedUserId'
  const events = world.eventApi.received.filter(
    (event) => event.key === 'ah-key' && event.name === name && event.data[field] === userId,
  )
  const opened = await Promise.all(events.map(({id, data}) => peerBridge.open({name, id, data})))
  return opened.map(({data}) => data as CrossAppEventData<Name>)
}
