import type {PeoplePage, PersonRow} from '../components/admin/views'
import {type Database, readLinkView} from '../cross-app'
import type {HostContext} from '../server/host-context'
import {findPurchasesByStripeId} from './find-purchases'

const PAGE_SIZE = 25
const PROVIDERS = ['github', 'discord']

/**
 * People by the beginning of their address, or by an id: their own, AI Hero's, a sign-in provider's, or that of one of
 * their purchases, here or at Stripe. Whoever has deleted their account is found by their own id.
 */
export async function searchPeople(context: HostContext, {search}: {search: string}): Promise<PeoplePage> {
  if (search === '') return {people: [], more: false, stripeAway: false}
  const byStripe = await findPurchasesByStripeId(context, search)
  if (byStripe.kind === 'stripe-away') return {people: [], more: false, stripeAway: true}
  const ids =
    byStripe.kind === 'purchases'
      ? await ownersOf(context.db, byStripe.ids)
      : search.includes('@')
        ? await byAddress(context.db, search)
        : await byIdOrAddress(context.db, search)
  const people = await Promise.all(ids.slice(0, PAGE_SIZE).map((userId) => describePerson(context, userId)))
  return {people, more: ids.length > PAGE_SIZE, stripeAway: false}
}

async function byIdOrAddress(db: Database, search: string): Promise<string[]> {
  const [user, sync, ownLink, aiHeroLinks, accounts, purchases] = await Promise.all([
    db.user.findUnique({where: {id: search}, select: {id: true}}),
    db.crossAppSync.findFirst({where: {ownerUserId: search}, select: {ownerUserId: true}}),
    db.accountLink.findFirst({where: {userId: search}, select: {userId: true}}),
    db.accountLink.findMany({where: {linkedApp: 'ai-hero', linkedUserId: search}, select: {userId: true}}),
    db.account.findMany({
      where: {provider: {in: PROVIDERS}, providerAccountId: search},
      select: {userId: true, providerAccountId: true},
    }),
    ownersOf(db, [search]),
  ])
  const ids = [
    ...(user !== null && user.id === search ? [user.id] : []),
    ...(sync === null ? [] : [sync.ownerUserId]),
    ...(ownLink === null ? [] : [ownLink.userId]),
    ...aiHeroLinks.map(({userId}) => userId),
    ...accounts.filter(({providerAccountId}) => providerAccountId === search).map(({userId}) => userId),
    ...purchases,
  ]
  return ids.length > 0 ? distinct(ids) : byAddress(db, search)
}

/** One more than are shown. */
async function byAddress(db: Database, search: string): Promise<string[]> {
  const literal = search.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)
  const rows = await db.$queryRawUnsafe<{id: string}[]>(
    `SELECT id FROM User WHERE email LIKE ? ORDER BY email LIMIT ${PAGE_SIZE + 1}`,
    `${literal}%`,
  )
  return rows.map(({id}) => id)
}

async function ownersOf(db: Database, purchaseIds: string[]): Promise<string[]> {
  if (purchaseIds.length === 0) return []
  const purchases = await db.purchase.findMany({
    where: {id: {in: purchaseIds}},
    select: {id: true, userId: true},
  })
  return distinct(
    purchases.flatMap(({id, userId}) => (userId !== null && purchaseIds.includes(id) ? [userId] : [])),
  )
}

async function describePerson(context: HostContext, userId: string): Promise<PersonRow> {
  const user = await context.db.user.findUnique({where: {id: userId}})
  const link = await readLinkView(context.crossApp, {userId})
  return {
    userId,
    name: user?.name ?? null,
    email: user?.email ?? null,
    emailConfirmed: user !== null && user.emailVerified !== null,
    link: link.state,
  }
}

function distinct(ids: string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) === index)
}
