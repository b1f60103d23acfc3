import type {DatabaseContext} from '../context'

const KEPT_DAYS = 90
const LIMIT = 1_000

/** Deletes link requests that are past explaining anything: their tokens ended 90 days ago. */
export async function forgetLinkRequests({db, clock}: DatabaseContext): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_DAYS * 24 * 60 * 60_000)
  const old = await db.linkRequest.findMany({
    where: {createdAt: {lt: before}},
    select: {jti: true},
    take: LIMIT,
  })
  if (old.length === 0) return 0
  const {count} = await db.linkRequest.deleteMany({where: {jti: {in: old.map(({jti}) => jti)}}})
  return count
}
