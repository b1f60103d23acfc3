import {describeLogin, isLinkProvider, isLinkRefused} from '@cross-app/shared'
import {recordAudit} from '../audit/record-audit'
import type {CrossAppContext} from '../context'
import {inTransaction} from '../in-transaction'
import {checkMayLinkAutomatically} from './check-may-link-automatically'
import {findAccountHolder, type ProviderAccount} from './find-link-account'
import {readLinkRecord} from './link-row'
import {noteRefusedLink} from './note-refused-link'

export type ToldLogin =
  | 'told'
  /** Not an account that both apps may link by, or not this user's (any more). */
  | 'not-held'
  | 'already-linked'
  | 'refused'

/**
 * Tells AI Hero that this user holds a sign-in account, so that a user there who holds the same one is linked to them.
 * Sent only while nothing speaks against an automatic link (see `check-may-link-automatically`).
 *
 * @param reason what made it worth telling, for the audit trail
 * @throws RetryableSendError or PermanentSendError when AI Hero did not take it; the next sign-in tells it again
 */
export async function tellLogin(
  context: CrossAppContext,
  input: {
    userId: string
    provider: string
    providerAccountId: string
    reason: 'signed-in' | 'purchase' | 'answer'
  },
): Promise<ToldLogin> {
  const {userId, provider, providerAccountId, reason} = input
  if (!isLinkProvider(provider)) return 'not-held'
  const account: ProviderAccount = {provider, providerAccountId}
  if ((await findAccountHolder(context, account)) !== userId) return 'not-held'
  try {
    if (!(await checkMayLinkAutomatically(context, {userId, account}))) return 'already-linked'
  } catch (error) {
    if (!isLinkRefused(error)) throw error
    const record = await readLinkRecord(context.db, userId)
    await noteRefusedLink(context, {
      refusal: error.refusal,
      actor: reason === 'answer' ? 'ai-hero' : `user:${userId}`,
      userId,
      data: {provider, reason},
      // It would come back with every sign-in.
      once: [
        provider,
        providerAccountId,
        String(record === null ? 0 : record.linkRevision),
        context.clock.now().toISOString().slice(0, 10),
      ],
    })
    return 'refused'
  }
  await context.bridge.send(describeLogin({userId, ...account}, context.clock.now()))
  await inTransaction(context, (tx) =>
    recordAudit(
      {...context, tx},
      {
        actor: 'system',
        action: 'login.told',
        purchaseId: null,
        subject: userId,
        data: {provider, reason},
      },
    ),
  )
  return 'told'
}
