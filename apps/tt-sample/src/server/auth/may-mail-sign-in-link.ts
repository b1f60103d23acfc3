import type {HostContext} from '../host-context'

/** Links of NextAuth's mails, and with them what is counted here, last this long. */
export const SIGN_IN_LINK_SECONDS = 60 * 60
/** As many may go out in a row. */
const MAX_UNUSED_LINKS = 5
/** After those, another one once the newest is this old. */
const THEN_EVERY_MS = 10 * 60_000

/**
 * Whether another sign-in link may be mailed to an address: nobody may fill a stranger's inbox, or the table of tokens,
 * by pressing the button. Links that were followed don't count, so somebody who signs in often is never stopped; and
 * nobody is locked out by who asks in their name, or by mails that never arrived: an address always has a link that is
 * younger than ten minutes, or gets one. Two requests at the same moment may both pass; that is one mail more.
 *
 * @param email normalised
 */
export async function mayMailSignInLink(
  {db, clock}: Pick<HostContext, 'db' | 'clock'>,
  {email}: {email: string},
): Promise<boolean> {
  const now = clock.now().getTime()
  const found = await db.verificationToken.findMany({
    where: {identifier: email, expires: {gt: new Date(now)}},
    select: {identifier: true, expires: true},
    orderBy: {expires: 'desc'},
    take: 10 * MAX_UNUSED_LINKS,
  })
  // The host's table takes addresses that differ in an accent for the same.
  const unused = found.filter(({identifier}) => identifier === email)
  const newest = unused[0]
  if (newest === undefined || unused.length < MAX_UNUSED_LINKS) return true
  return newest.expires.getTime() - SIGN_IN_LINK_SECONDS * 1000 <= now - THEN_EVERY_MS
}
