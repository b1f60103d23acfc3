import type { Databases } from './databases.ts'
import { waitUntil } from './wait-until.ts'

/** What one app holds of the link of one Total TypeScript user. */
export type LinkSide = {
  /** The AI Hero user it is linked to now; null while it isn't. */
  linkedTo: string | null
  linkRevision: number
  method: string | null
  unlinkedBy: string | null
  /** The end of the link also freed what it had claimed. */
  released: boolean
  /** An address of the other app, given away by explicit links only. */
  otherEmail: string | null
}

export type AuditRow = { action: string; subject: string; data: Record<string, unknown> }

export type LinkState = ReturnType<typeof createLinkState>

/** Reads links, users and audit rows out of both databases: what a test compares, and what it waits for. */
export function createLinkState(databases: Databases) {
  async function onTt(ttUserId: string): Promise<LinkSide | null> {
    const [row] = await databases.tt<{
      linkedUserId: string | null
      unlinkedAt: Date | null
      linkRevision: number
      linkMethod: string | null
      unlinkedBy: string | null
      released: number
      linkedEmail: string | null
    }>("SELECT * FROM AccountLink WHERE userId = ? AND linkedApp = 'ai-hero'", [ttUserId])
    // A row with revision 0 only holds the lock of someone who was never linked.
    if (!row || row.linkRevision === 0) return null
    return {
      linkedTo: row.unlinkedAt === null ? row.linkedUserId : null,
      linkRevision: row.linkRevision,
      method: row.linkMethod,
      unlinkedBy: row.unlinkedBy,
      released: Boolean(row.released),
      otherEmail: row.linkedEmail,
    }
  }

  async function onAh(ttUserId: string): Promise<LinkSide | null> {
    const [row] = await databases.ah<{
      userId: string | null
      unlinkedAt: Date | null
      linkRevision: number
      linkMethod: string | null
      unlinkedBy: string | null
      releasedAt: Date | null
      linkedEmail: string | null
    }>("SELECT * FROM AI_AccountLink WHERE linkedUserId = ? AND linkedApp = 'total-typescript'", [ttUserId])
    if (!row || row.linkRevision === 0) return null
    return {
      linkedTo: row.unlinkedAt === null ? row.userId : null,
      linkRevision: row.linkRevision,
      method: row.linkMethod,
      unlinkedBy: row.unlinkedBy,
      released: row.releasedAt !== null,
      otherEmail: row.linkedEmail,
    }
  }

  async function both(ttUserId: string): Promise<{ tt: LinkSide | null; ah: LinkSide | null }> {
    const [tt, ah] = await Promise.all([onTt(ttUserId), onAh(ttUserId)])
    return { tt, ah }
  }

  return {
    both,

    /** Whether neither app holds a live link of that user. */
    async isUnlinked(ttUserId: string): Promise<boolean> {
      const { tt, ah } = await both(ttUserId)
      return (tt?.linkedTo ?? null) === null && (ah?.linkedTo ?? null) === null
    },

    /** Waits until both apps hold the same live link, and returns AI Hero's record of it. */
    async waitForLink(ttUserId: string, ahUserId: string): Promise<LinkSide> {
      return waitUntil('the link on both apps', async () => {
        const { tt, ah } = await both(ttUserId)
        return (
          tt?.linkedTo === ahUserId &&
          ah?.linkedTo === ahUserId &&
          tt.linkRevision === ah.linkRevision &&
          tt.method === ah.method &&
          ah
        )
      })
    },

    /** Waits until both apps hold the same link as ended, and returns AI Hero's record of it. */
    async waitForUnlink(ttUserId: string): Promise<LinkSide> {
      return waitUntil('the end of the link on both apps', async () => {
        const { tt, ah } = await both(ttUserId)
        return (
          tt !== null &&
          ah !== null &&
          tt.linkedTo === null &&
          ah.linkedTo === null &&
          tt.linkRevision === ah.linkRevision &&
          ah
        )
      })
    },

    /** The user of an address on one app; undefined when there is none. */
    async userOf(
      app: 'tt' | 'ah',
      email: string,
    ): Promise<{ id: string; emailVerified: Date | null } | undefined> {
      const table = app === 'tt' ? 'User' : 'AI_User'
      const [user] = await databases[app]<{ id: string; emailVerified: Date | null }>(
        `SELECT id, emailVerified FROM ${table} WHERE email = ?`,
        [email],
      )
      return user
    },

    /** Sign-in accounts of a provider that are attached to a user. */
    async providerAccountsOf(app: 'tt' | 'ah', userId: string): Promise<string[]> {
      const table = app === 'tt' ? 'Account' : 'AI_Account'
      const rows = await databases[app]<{ provider: string; providerAccountId: string }>(
        `SELECT provider, providerAccountId FROM ${table} WHERE userId = ? ORDER BY provider`,
        [userId],
      )
      return rows.map(({ provider, providerAccountId }) => `${provider} ${providerAccountId}`)
    },

    /** Who holds an account of a provider on one app; undefined when nobody does. */
    async holderOf(
      app: 'tt' | 'ah',
      provider: string,
      providerAccountId: string,
    ): Promise<string | undefined> {
      const table = app === 'tt' ? 'Account' : 'AI_Account'
      const [row] = await databases[app]<{ userId: string }>(
        `SELECT userId FROM ${table} WHERE provider = ? AND providerAccountId = ?`,
        [provider, providerAccountId],
      )
      return row?.userId
    },

    /** Audit rows of one action that name this id anywhere, oldest first. */
    async auditOf(app: 'tt' | 'ah', action: string, id: string): Promise<AuditRow[]> {
      const table = app === 'tt' ? 'AuditEvent' : 'AI_AuditEvent'
      const rows = await databases[app]<{ action: string; subject: string; data: unknown }>(
        `SELECT action, subject, data FROM ${table} WHERE action = ? AND (subject = ? OR JSON_SEARCH(data, 'one', ?) IS NOT NULL OR actor LIKE CONCAT('%', ?)) ORDER BY at, id`,
        [action, id, id, id],
      )
      return rows.map(({ data, ...row }) => ({
        ...row,
        // MariaDB keeps JSON as text, MySQL gives it back parsed.
        data: (typeof data === 'string' ? JSON.parse(data) : data) as Record<string, unknown>,
      }))
    },
  }
}
