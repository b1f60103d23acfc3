import { type LinkMethod, type LinkRecord, liveLink } from './link-record'
import { LinkRefusedError } from './link-refused-error'
import type { HeldLink } from './link-store'

export type LinkAccountsInput = {
  granterUserId: string
  now: Date
  /** The person saw both identities and said yes. */
  explicit?: { tokenId: string; sellerEmail: string; granterEmail: string | null }
  /** Both accounts hold the same account of this provider; see `auto-link` for what has to be checked before. */
  automatic?: { method: Exclude<LinkMethod, 'explicit'> }
}

export type LinkedAccounts = { outcome: 'linked' | 'already-linked'; record: LinkRecord }

/**
 * Links the seller's user whose lock is held to a user of the app that grants. The same pair again changes nothing, so
 * a second click and a second tab both end well.
 *
 * @throws LinkRefusedError token-used, token-invalid, seller-linked-elsewhere, granter-linked-elsewhere, undone-before;
 * let it leave `withLink`, so that nothing is written
 */
export async function linkAccounts<Tx>(
  held: HeldLink<Tx>,
  input: LinkAccountsInput,
): Promise<LinkedAccounts> {
  const { record } = held
  const live = liveLink(record)
  if (live !== null) {
    if (live.granterUserId === input.granterUserId) return { outcome: 'already-linked', record }
    throw new LinkRefusedError('seller-linked-elsewhere')
  }
  if (input.explicit === undefined && wasUndoneByPerson(record)) throw new LinkRefusedError('undone-before')
  if (input.explicit !== undefined) {
    const { tokenId } = input.explicit
    const spent = await held.spendToken({ tokenId, granterUserId: input.granterUserId })
    if (spent === 'again') throw new LinkRefusedError('token-used')
    if (spent === 'unknown') throw new LinkRefusedError('token-invalid')
  }
  const next: LinkRecord = {
    ...record,
    linkRevision: record.linkRevision + 1,
    link: {
      granterUserId: input.granterUserId,
      method: input.automatic?.method ?? 'explicit',
      granterEmail: input.explicit?.granterEmail ?? null,
      sellerEmail: input.explicit?.sellerEmail ?? null,
      tokenId: input.explicit?.tokenId ?? null,
      linkedAt: input.now.toISOString(),
      ended: null,
    },
  }
  await held.save(next)
  return { outcome: 'linked', record: next }
}

/** What a person undid, nothing automatic restores. An account that went away was nobody's wish (case 28). */
function wasUndoneByPerson({ link }: LinkRecord): boolean {
  return link !== null && link.ended !== null && (link.ended.by === 'user' || link.ended.by === 'not-me')
}
