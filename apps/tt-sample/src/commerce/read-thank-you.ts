import {CONFIRM_EMAIL} from '../access/decide-course-access'
import {findPurchasesOf} from '../access/find-open-purchase'
import {listOwnCourses} from '../access/list-own-courses'
import type {OwnCourse, ThankYouView} from '../components/views'
import {
  type CrossAppContext,
  type Database,
  describeUnknownCheckout,
  describeWaitingForPayment,
} from '../cross-app'
import type {SyncStatus} from '../cross-app/ui/sync-view'
import type {CommerceContext} from './context'
import {purchaseStateOf} from './purchase-state'
import {readPurchaseSyncStatus} from './read-sync-status'
import {purchaseIdOf} from './record-checkout'

const SESSION_ID = /^cs_[A-Za-z0-9_]{1,180}$/

/**
 * The page after a checkout. Whoever holds the session's id sees what was bought and how it stands, never whose it is.
 *
 * @returns null when this is no checkout of ours
 */
export async function getThankYou(
  context: CommerceContext & {crossApp: CrossAppContext},
  {sessionId, userId}: {sessionId: string; userId: string | null},
): Promise<ThankYouView | null> {
  if (!SESSION_ID.test(sessionId)) return null
  const {db} = context
  const purchase = await db.purchase.findUnique({where: {id: await purchaseIdOf(sessionId)}})
  if (purchase === null) {
    if (!(await existsAtStripe(context, sessionId))) return null
    return {
      purchaseId: null,
      productTitle: null,
      price: null,
      courses: [],
      waitsForConfirmation: false,
      status: describeWaitingForPayment(),
    }
  }
  const page = await db.contentPage.findUnique({where: {productId: purchase.productId}})
  const origin = await db.purchaseOrigin.findUnique({where: {purchaseId: purchase.id}})
  const waitsForConfirmation = await isUnproven(db, purchase)
  return {
    purchaseId: purchase.id,
    productTitle: page?.title ?? purchase.productId,
    price: origin === null ? null : {amount: origin.amountPaid, currency: origin.currency},
    courses: await listCourses(db, purchase, {userId, waitsForConfirmation}),
    waitsForConfirmation,
    status: await readPurchaseSyncStatus(context.crossApp, {purchaseIds: [purchase.id]}),
  }
}

/** Paid for, and nobody knows yet that the address belongs to whoever typed it. */
async function isUnproven(
  db: Database,
  purchase: {id: string; productId: string; userId: string | null; status: string},
): Promise<boolean> {
  if (purchase.userId === null || purchaseStateOf(purchase.status) !== 'paid') return false
  const candidates = await findPurchasesOf(db, purchase.userId, purchase.productId)
  return candidates.some(({id, proven}) => id === purchase.id && !proven)
}

/** A guest is told to confirm the address, not to sign in to an account they don't know of. */
async function listCourses(
  db: Database,
  {productId}: {productId: string},
  {userId, waitsForConfirmation}: {userId: string | null; waitsForConfirmation: boolean},
): Promise<OwnCourse[]> {
  const courses = await listOwnCourses(db, {productId, userId})
  if (userId !== null || !waitsForConfirmation) return courses
  return courses.map((course) => ({...course, open: false, ...CONFIRM_EMAIL}))
}

/** How a checkout stands, for the page that waits for it. A page may ask every second, so Stripe isn't asked. */
export async function getCheckoutSyncStatus(
  context: {db: Database; crossApp: CrossAppContext},
  {sessionId}: {sessionId: string},
): Promise<SyncStatus> {
  if (!SESSION_ID.test(sessionId)) return describeUnknownCheckout()
  const purchaseId = await purchaseIdOf(sessionId)
  const purchase = await context.db.purchase.findUnique({where: {id: purchaseId}, select: {id: true}})
  if (purchase === null) return describeWaitingForPayment()
  return readPurchaseSyncStatus(context.crossApp, {purchaseIds: [purchaseId]})
}

/** Stripe being away must not turn a buyer's page into a 404. */
async function existsAtStripe(context: CommerceContext, sessionId: string): Promise<boolean> {
  try {
    await context.stripe.checkout.sessions.retrieve(sessionId)
    return true
  } catch (error) {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
    return status !== 404
  }
}
