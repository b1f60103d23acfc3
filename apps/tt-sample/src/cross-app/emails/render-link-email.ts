import {type CrossAppContext, PEER} from '../context'
import {accountLinkedMail} from './account-linked'
import {accountUnlinkedMail} from './account-unlinked'
import type {MailContent, RenderedMail} from './mail-content'
import {renderMail} from './render-mail'

export interface LinkEmail {
  template: 'account-linked' | 'account-unlinked'
  /** This app's user. */
  userId: string
  /** The revision that the mail tells of. */
  linkRevision: number
  /** This site's own address, without a trailing slash. */
  siteUrl: string
}

/**
 * A mail about a link, from what is stored now: a mail that was held up by an outage doesn't claim what has changed
 * since.
 *
 * @returns null when the user is gone or was never linked: then there is nobody, or nothing, to tell
 */
export async function renderLinkEmail(
  context: Pick<CrossAppContext, 'db' | 'bridge'>,
  email: LinkEmail,
): Promise<(RenderedMail & {to: string}) | null> {
  const {userId} = email
  const user = await context.db.user.findUnique({where: {id: userId}, select: {email: true}})
  const link = await context.db.accountLink.findUnique({where: {userId_linkedApp: {userId, linkedApp: PEER}}})
  if (user === null || link === null || link.linkedUserId === null) return null
  const told = {email: user.email, accountUrl: `${email.siteUrl}/account#ai-hero`}
  const newest = link.linkRevision === email.linkRevision
  const live = link.unlinkedAt === null
  let mail: MailContent
  if (email.template === 'account-linked') {
    const undoToken = await context.bridge.createUndoToken({
      sellerUserId: userId,
      linkRevision: email.linkRevision,
    })
    // The revision after a link's own is its end, which keeps the link's particulars; a later one is another link.
    const same = newest || (link.linkRevision === email.linkRevision + 1 && !live)
    // A link whose end was told first: who was linked is known, how and since when is not.
    const known = same && (live || link.linkMethod !== 'explicit' || link.tokenId !== null)
    mail = accountLinkedMail({
      ...told,
      aiHeroEmail: same ? link.linkedEmail : null,
      method: known ? link.linkMethod : null,
      linkedAt: known ? link.linkedAt : null,
      stillLinked: newest && live,
      undoUrl: `${email.siteUrl}/account-link/not-me?token=${encodeURIComponent(undoToken)}`,
    })
  } else {
    mail = accountUnlinkedMail({
      ...told,
      aiHeroEmail: live ? null : link.linkedEmail,
      unlinkedAt: live ? null : link.unlinkedAt,
      released: !live && link.released,
      linkedAgain: live,
    })
  }
  return {to: user.email, ...(await renderMail(mail))}
}
