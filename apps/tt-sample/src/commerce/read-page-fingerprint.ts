import type {Database} from '../cross-app'

/**
 * Stands for how some purchases are doing on this site: paid or not, and whether their owner is known. A page that is
 * open compares it with the one it was rendered with. Says nothing about whose they are.
 */
export async function readPageFingerprint(
  db: Database,
  {purchaseIds}: {purchaseIds: string[]},
): Promise<string> {
  if (purchaseIds.length === 0) return ''
  const purchases = await db.purchase.findMany({where: {id: {in: purchaseIds}}, orderBy: {id: 'asc'}})
  const origins = await db.purchaseOrigin.findMany({where: {purchaseId: {in: purchaseIds}}})
  const confirmed = await db.user.findMany({
    where: {
      id: {in: purchases.flatMap(({userId}) => (userId === null ? [] : [userId]))},
      emailVerified: {not: null},
    },
    select: {id: true},
  })
  return purchases
    .map(({id, userId, status}) => {
      const proven =
        userId !== null &&
        (confirmed.some((user) => user.id === userId) ||
          origins.some((origin) => origin.purchaseId === id && origin.provenUserId === userId))
      return `${status}${proven ? '+' : '-'}`
    })
    .join(' ')
}
