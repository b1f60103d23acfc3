import {desiredState, type PurchaseFacts} from '@cross-app/shared'
import type {Transaction} from '../context'
import {addressOf} from './address-of'
import {type LockedPurchase, lockPurchase} from './lock-purchase'

/**
 * What is known about a purchase, but for a hold (which support sets on one sync). `owner` is null while nobody is known
 * to own it: no account, or one that was deleted.
 */
export type KnownFacts = Omit<PurchaseFacts, 'owner' | 'held'> & {owner: PurchaseFacts['owner'] | null}

interface OriginRow {
  provenUserId: string | null
  restriction: string | null
}

/**
 * Reads, under the purchase's lock, all facts that decide what it entitles to. Every read locks: a plain read could
 * return what was true when the transaction began.
 */
export async function readPurchaseFacts(tx: Transaction, purchase: LockedPurchase): Promise<KnownFacts> {
  const origin = await readOrigin(tx, purchase.id)
  const owner = await readOwner(tx, purchase, origin)
  const charge = await readCharge(tx, purchase)
  return {
    owner,
    restriction: origin === null ? null : origin.restriction,
    ...charge,
    parent: await readParent(tx, purchase),
  }
}

async function readOrigin(tx: Transaction, purchaseId: string): Promise<OriginRow | null> {
  const rows = await tx.$queryRaw<OriginRow[]>`
    SELECT provenUserId, restriction FROM PurchaseOrigin WHERE purchaseId = ${purchaseId} FOR UPDATE`
  return rows[0] ?? null
}

/** Proven = bought (or a transfer accepted) signed in, or the address confirmed by an email link. */
async function readOwner(
  tx: Transaction,
  purchase: LockedPurchase,
  origin: OriginRow | null,
): Promise<PurchaseFacts['owner'] | null> {
  if (purchase.userId === null) return null
  const rows = await tx.$queryRaw<{id: string; email: string; emailVerified: Date | null}[]>`
    SELECT id, email, emailVerified FROM User WHERE id = ${purchase.userId} FOR UPDATE`
  const user = rows[0]
  if (user === undefined || user.id !== purchase.userId) return null
  return {
    userId: user.id,
    email: addressOf(user.email),
    proven: user.emailVerified !== null || origin?.provenUserId === user.id,
  }
}

async function readCharge(
  tx: Transaction,
  purchase: LockedPurchase,
): Promise<Pick<KnownFacts, 'amountPaid' | 'refunds' | 'disputes'>> {
  if (purchase.merchantChargeId === null) return {amountPaid: 0, refunds: [], disputes: []}
  const charges = await tx.$queryRaw<{identifier: string; amount: number}[]>`
    SELECT identifier, amount FROM MerchantCharge WHERE id = ${purchase.merchantChargeId} FOR UPDATE`
  const charge = charges[0]
  if (charge === undefined) return {amountPaid: 0, refunds: [], disputes: []}
  const facts = await tx.$queryRaw<{id: string; kind: string; amount: number; status: string}[]>`
    SELECT id, kind, amount, status FROM ChargeFact WHERE chargeId = ${charge.identifier} ORDER BY id FOR UPDATE`
  return {
    amountPaid: Number(charge.amount),
    refunds: facts
      .filter((fact) => fact.kind === 'refund')
      .map(({id, amount, status}) => ({id, amount: Number(amount), status})),
    disputes: facts.filter((fact) => fact.kind === 'dispute').map(({id, status}) => ({id, status})),
  }
}

/** A seat of a team follows the team's own purchase. Locked after the seat, always: the team's changes reach seats later. */
async function readParent(tx: Transaction, purchase: LockedPurchase): Promise<PurchaseFacts['parent']> {
  if (purchase.redeemedBulkCouponId === null) return null
  const coupons = await tx.$queryRaw<{bulkPurchaseId: string | null}[]>`
    SELECT bulkPurchaseId FROM Coupon WHERE id = ${purchase.redeemedBulkCouponId} FOR UPDATE`
  const parentId = coupons[0]?.bulkPurchaseId
  if (parentId === undefined || parentId === null || parentId === purchase.id) return null
  const parent = await lockPurchase(tx, parentId)
  if (parent === null) return null
  const facts = await readCharge(tx, parent)
  const {desired, reason} = desiredState({
    ...facts,
    owner: {userId: parent.userId ?? '', email: '', proven: true},
    restriction: null,
    held: false,
    parent: null,
  })
  return {state: desired.state, reason}
}
