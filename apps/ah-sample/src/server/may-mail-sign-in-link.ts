import { and, desc, eq, gt } from 'drizzle-orm'
import { db } from '@/db'
import { verificationTokens } from '@/db/schema'
import { EMAIL_LINK_MINUTES } from './email-link'

/** Whoever hasn't followed as many links isn't helped by another one at once. */
const MOST_UNUSED = 5
/** After those, another one once the newest is this old. */
const THEN_EVERY_MINUTES = 10

/**
 * Whether another sign-in link may be mailed to an address: nobody may fill a stranger's inbox, or the table of tokens,
 * by pressing the button. Links that were followed don't count, so somebody who signs in often is never stopped; and
 * nobody is locked out by who asks in their name, or by mails that never arrived: an address always has a link that is
 * younger than ten minutes, or gets one.
 *
 * @param input.email normalised
 */
export async function mayMailSignInLink({ email, now }: { email: string; now: Date }): Promise<boolean> {
	const found = await db
		.select({ identifier: verificationTokens.identifier, expires: verificationTokens.expires })
		.from(verificationTokens)
		.where(and(eq(verificationTokens.identifier, email), gt(verificationTokens.expires, now)))
		.orderBy(desc(verificationTokens.expires))
		.limit(10 * MOST_UNUSED)
	// The column takes addresses that differ in an accent for the same.
	const unused = found.filter(({ identifier }) => identifier === email)
	const [newest] = unused
	if (newest === undefined || unused.length < MOST_UNUSED) return true
	const leftMs = newest.expires.getTime() - now.getTime()
	return leftMs <= (EMAIL_LINK_MINUTES - THEN_EVERY_MINUTES) * 60_000
}
