import {createHash, randomBytes} from 'node:crypto'
import {normaliseEmail} from '@cross-app/shared'
import {decode, encode} from 'next-auth/jwt'
import {z} from 'zod'
import {env} from '../env'
import type {HostContext} from '../host-context'

const DAYS = 30
/** Derives a key of its own: no session cookie is a confirm link, and no confirm link is a session. */
const PURPOSE = 'confirm-email-link'
const LINK_MINUTES = 10

const claims = z.object({sub: z.string().min(1).max(191), email: z.string().min(3).max(254)})

type Context = Pick<HostContext, 'db' | 'clock'>

/**
 * A token for the receipt of a guest: whoever has it reads the mail of that address. Encrypted and signed for this app
 * alone; good for 30 days, and worth nothing once the address is confirmed.
 */
export function createConfirmEmailToken({userId, email}: {userId: string; email: string}): Promise<string> {
  return encode({
    token: {sub: userId, email},
    secret: env().NEXTAUTH_SECRET,
    salt: PURPOSE,
    maxAge: DAYS * 24 * 60 * 60,
  })
}

export type ConfirmEmailLink =
  /** open: the address is still to be confirmed. confirmed: it was, and the link does nothing more. */
  {email: string; userId: string; state: 'open' | 'confirmed'} | {problem: 'invalid' | 'expired'}

/**
 * What a confirm link is good for. Reads only: a mail scanner that opens the link confirms nothing. `invalid` also when
 * the user is gone or has another address by now.
 */
export async function readConfirmEmailToken({db}: Context, token: string): Promise<ConfirmEmailLink> {
  const decoded = await decodeToken(token)
  if ('problem' in decoded) return decoded
  const user = await db.user.findUnique({where: {id: decoded.sub}})
  if (user === null || user.id !== decoded.sub || normalised(user.email) !== decoded.email) {
    return {problem: 'invalid'}
  }
  return {email: decoded.email, userId: user.id, state: user.emailVerified === null ? 'open' : 'confirmed'}
}

/**
 * Where a person goes who confirms an address: NextAuth's own email callback with a fresh single-use token, so that
 * everything an email link does happens there and only there.
 *
 * @param callbackUrl a path of this site to end on
 * @returns a path with a token in it: keep it out of logs
 */
export async function createEmailCallback(
  {db, clock}: Context,
  {email, callbackUrl}: {email: string; callbackUrl: string},
): Promise<string> {
  const {NEXTAUTH_SECRET, NEXTAUTH_URL} = env()
  const token = randomBytes(32).toString('hex')
  await db.verificationToken.create({
    data: {
      identifier: email,
      // As NextAuth stores the token of its own mails.
      token: createHash('sha256').update(`${token}${NEXTAUTH_SECRET}`).digest('hex'),
      expires: new Date(clock.now().getTime() + LINK_MINUTES * 60_000),
    },
  })
  const query = new URLSearchParams({callbackUrl: `${NEXTAUTH_URL}${callbackUrl}`, token, email})
  return `/api/auth/callback/email?${query}`
}

/**
 * The confirm link for a purchase's receipt; null when there is nothing to confirm, or the receipt goes to another
 * address than the owner's.
 */
export async function confirmEmailUrl(
  {db}: Context,
  {purchaseId, to}: {purchaseId: string; to: string},
): Promise<string | null> {
  const purchase = await db.purchase.findUnique({where: {id: purchaseId}})
  const origin = await db.purchaseOrigin.findUnique({where: {purchaseId}})
  if (purchase === null || purchase.userId === null || origin === null) return null
  const user = await db.user.findUnique({where: {id: purchase.userId}})
  if (user === null || user.emailVerified !== null || origin.provenUserId === user.id) return null
  const email = normalised(user.email)
  if (email === null || email !== normalised(to)) return null
  const token = await createConfirmEmailToken({userId: user.id, email})
  return `${env().NEXTAUTH_URL}/confirm-email?token=${token}`
}

async function decodeToken(
  token: string,
): Promise<z.infer<typeof claims> | {problem: 'invalid' | 'expired'}> {
  try {
    const parsed = claims.safeParse(await decode({token, secret: env().NEXTAUTH_SECRET, salt: PURPOSE}))
    return parsed.success ? parsed.data : {problem: 'invalid'}
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return {problem: code === 'ERR_JWT_EXPIRED' ? 'expired' : 'invalid'}
  }
}

/** Older systems let anything into this column; what is no address can't be confirmed. */
function normalised(email: string): string | null {
  try {
    return normaliseEmail(email)
  } catch {
    return null
  }
}
