import type {LinkRefusal} from '@cross-app/shared'
import {type AuditData, recordAudit} from '../audit/record-audit'
import type {DatabaseContext} from '../context'
import {inTransaction} from '../in-transaction'

export interface RefusedLink {
  refusal: LinkRefusal | 'already-linked' | 'bad-return'
  actor: string
  /** The user of this app whom the link would have been for. */
  userId: string
  data?: AuditData
  /** Given where the same refusal comes back by itself: it is written once. */
  once?: string[]
}

/** The one row that a link leaves which is not made: nothing else was written. */
export async function noteRefusedLink(context: DatabaseContext, refused: RefusedLink): Promise<void> {
  const {refusal, actor, userId, data = {}, once} = refused
  await inTransaction(context, (tx) =>
    recordAudit(
      {...context, tx},
      {
        actor,
        action: 'link.refused',
        purchaseId: null,
        subject: userId,
        data: {refusal, ...data},
        ...(once === undefined ? {} : {once: [userId, refusal].concat(once)}),
      },
    ),
  )
}
