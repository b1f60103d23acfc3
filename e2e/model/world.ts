import {
  createBridge,
  isLinkRefused,
  type LinkRecord,
  liveLink,
  type UserOauthLogin,
  type VerifiedEvent,
} from '@cross-app/shared'
import { signedEvent } from '@cross-app/shared/testing'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import type { SendingContext } from '../../apps/ah-sample/src/cross-app/context'
import { answerGrant } from '../../apps/ah-sample/src/cross-app/grants/answer-grant'
import { answerGrantsOfSellerUser } from '../../apps/ah-sample/src/cross-app/grants/answer-grants-of-seller-user'
import { applyOrRefuse } from '../../apps/ah-sample/src/cross-app/grants/apply-or-refuse'
import { toDesiredRevision } from '../../apps/ah-sample/src/cross-app/grants/desired-revision'
import { autoLink } from '../../apps/ah-sample/src/cross-app/links/auto-link'
import { claimPending } from '../../apps/ah-sample/src/cross-app/links/claim-pending'
import { confirmLink } from '../../apps/ah-sample/src/cross-app/links/confirm-link'
import { readLinkRecord } from '../../apps/ah-sample/src/cross-app/links/read-link-record'
import { tellLink } from '../../apps/ah-sample/src/cross-app/links/tell-link'
import { unlink } from '../../apps/ah-sample/src/cross-app/links/unlink'
import { unlinkOwn } from '../../apps/ah-sample/src/cross-app/links/unlink-own'
import { createContext as createAhContext } from '../../apps/ah-sample/tests/setup/create-context'
import type { CrossAppContext as TtContext } from '../../apps/tt-sample/src/cross-app/context'
import { applyToldLink } from '../../apps/tt-sample/src/cross-app/functions/apply-told-link'
import { readLinkRecord as readMirror } from '../../apps/tt-sample/src/cross-app/links/link-row'
import { pullLinkChanges } from '../../apps/tt-sample/src/cross-app/links/pull-link-changes'
import { requestAccountUnlink } from '../../apps/tt-sample/src/cross-app/links/request-account-unlink'
import { sendDueUnlinkRequests } from '../../apps/tt-sample/src/cross-app/links/send-due-unlink-requests'
import { startLink } from '../../apps/tt-sample/src/cross-app/links/start-link'
import { tellLogin } from '../../apps/tt-sample/src/cross-app/links/tell-login'
import { acknowledgeSync } from '../../apps/tt-sample/src/cross-app/syncs/acknowledge-sync'
import { pullGrantChanges } from '../../apps/tt-sample/src/cross-app/syncs/pull-grant-changes'
import { sendDueSyncs } from '../../apps/tt-sample/src/cross-app/syncs/send-due-syncs'
import { thawFrozenSyncs } from '../../apps/tt-sample/src/cross-app/syncs/thaw-frozen-syncs'
import { serveChanges } from './ah-side'
import { createTtContext, providerAccountOf, recordPurchase, type TtPurchase } from './tt-side'

const SECRETS = { current: 'the secret of the model test, long enough for anyone' }
const ENVIRONMENT = 'model'
const PRODUCT = 'model-course'
const MAX_ROUNDS = 12

type Signed = Awaited<ReturnType<typeof signedEvent>>

/** Both apps' real verbs and databases, and a network between them that holds every event until someone delivers it. */
export type World = Awaited<ReturnType<typeof createWorld>>

export async function createWorld(urls: { tt: string; ah: string }) {
  const past: Signed[] = []
  const network: { toAh: Signed[]; toTt: Signed[] } = { toAh: [], toTt: [] }
  const bridgeOf = (self: 'total-typescript' | 'ai-hero') => {
    const peer = self === 'ai-hero' ? ('total-typescript' as const) : ('ai-hero' as const)
    const bridge = createBridge({
      self,
      peer,
      environment: ENVIRONMENT,
      secrets: SECRETS,
      eventApi: { baseUrl: 'http://127.0.0.1:9', eventKey: 'unused' },
    })
    return {
      ...bridge,
      async send(event: Parameters<typeof bridge.send>[0]) {
        const signed = await signedEvent(
          { secrets: SECRETS, from: self, to: peer, environment: ENVIRONMENT },
          event,
        )
        network[self === 'ai-hero' ? 'toTt' : 'toAh'].push(signed)
        return { id: signed.id }
      },
    }
  }
  const ahBridge = bridgeOf('ai-hero')
  const { context, close: closeAh } = createAhContext({ databaseUrl: urls.ah })
  const ah: SendingContext = { ...context, bridge: ahBridge, sendInApp: async () => undefined }
  const readApi = await serveChanges(ah, ahBridge)
  const tt: TtContext = createTtContext(urls.tt, bridgeOf('total-typescript'), readApi.url)
  const ahSql = await createConnection({ uri: urls.ah, timezone: 'Z' })
  await seedCourse(ahSql)

  /** What AI Hero's functions do after a link, without a queue between. */
  async function announceLink(sellerUserId: string): Promise<void> {
    const { linkRevision } = await readLinkRecord(ah, { sellerUserId })
    await claimPending(ah, { sellerUserId, linkRevision })
    await tellLink(ah, { sellerUserId })
    await answerGrantsOfSellerUser(ah, { sellerUserId, which: { claimedByLinkRevision: linkRevision } })
  }

  async function announceUnlink(sellerUserId: string): Promise<void> {
    await tellLink(ah, { sellerUserId })
    await answerGrantsOfSellerUser(ah, { sellerUserId, which: 'unclaimed' })
  }

  async function endLink(event: Signed): Promise<void> {
    const { data } = await ahBridge.open({ name: 'account/unlink-requested', id: event.id, data: event.data })
    await unlink(ah, {
      sellerUserId: data.linkedUserId,
      linkRevision: data.linkRevision,
      by: data.by,
      release: data.release,
      actor: 'total-typescript',
    })
    await announceUnlink(data.linkedUserId)
  }

  async function takeLogin(event: Signed): Promise<void> {
    const { data } = await ahBridge.open({ name: 'user/oauth-login', id: event.id, data: event.data })
    await unlessRefused(() => link(data))
  }

  async function link(login: UserOauthLogin): Promise<void> {
    const linked = await autoLink(ah, { login })
    if (linked?.outcome === 'linked') await announceLink(login.userId)
  }

  return {
    tt,
    network,
    ahSql,

    /** A new purchase; `linked` says which of its two possible owners have a link to an AI Hero account. */
    async begin(run: string, linked: [boolean, boolean]): Promise<TtPurchase> {
      network.toAh.length = 0
      network.toTt.length = 0
      past.length = 0
      const purchase = await recordPurchase(tt, run, PRODUCT)
      for (const [index, owner] of purchase.owners.entries()) {
        await addAiHeroUsers(ahSql, owner)
        if (linked[index]) await linkOnAiHero(ahSql, owner)
      }
      return purchase
    },

    /** Sends what the purchase is due, as if its backoff had passed. */
    async send(purchaseId: string): Promise<void> {
      await tt.db.crossAppSync.updateMany({
        where: { purchaseId, nextAttemptAt: { not: null } },
        data: { nextAttemptAt: new Date(0) },
      })
      await sendDueSyncs(tt, { purchaseId })
    },

    /** AI Hero takes an event off the network, as its functions do. */
    async deliverToAh(event: Signed): Promise<void> {
      past.push(event)
      if (event.name === 'account/unlink-requested') return endLink(event)
      if (event.name === 'user/oauth-login') return takeLogin(event)
      const verified = (await ahBridge.open({
        name: event.name as 'bundle/purchased' | 'entitlement/revoke',
        id: event.id,
        data: event.data,
      })) as VerifiedEvent<'bundle/purchased'> | VerifiedEvent<'entitlement/revoke'>
      const result = await applyOrRefuse(ah, toDesiredRevision(verified))
      const answer =
        result.kind === 'refused' ? result.answer : await answerGrant(ah, { grantId: result.grantId })
      await ahBridge.send(answer)
    },

    /** Asks AI Hero for every unlink that is owed, as if its backoff had passed. */
    async sendUnlinkRequests(): Promise<void> {
      await tt.db.accountLink.updateMany({
        where: { nextAttemptAt: { not: null } },
        data: { nextAttemptAt: new Date(0) },
      })
      await sendDueUnlinkRequests(tt)
    },

    /** The person starts on Total TypeScript and confirms as this AI Hero user. */
    async linkByHand(ttUserId: string, ahUserId: string): Promise<void> {
      await unlessRefused(async () => {
        const started = await startLink(tt, { userId: ttUserId, returnTo: null })
        if (started.outcome !== 'started') return
        const token = new URL(started.url).searchParams.get('token') ?? ''
        await confirmLink(ah, { token: await ahBridge.verifyLinkToken(token), userId: ahUserId })
        await announceLink(ttUserId)
      })
    },

    /** The person signs in on Total TypeScript with the GitHub account that they also have on AI Hero. */
    async signInWithGitHub(ttUserId: string): Promise<void> {
      const account = { provider: 'github', providerAccountId: providerAccountOf(ttUserId) }
      await tellLogin(tt, { userId: ttUserId, ...account, reason: 'signed-in' })
    },

    /** The person unlinks on Total TypeScript, or says "this wasn't me" there. @returns the link that has to end */
    async unlinkFromTt(ttUserId: string, notMe: boolean): Promise<EndedLink | null> {
      const before = await readMirror(tt.db, ttUserId)
      const live = before === null ? null : liveLink(before)
      await requestAccountUnlink(tt, {
        userId: ttUserId,
        linkRevision: null,
        by: notMe ? 'not-me' : 'user',
        release: notMe,
      })
      return endedLink(before, live?.granterUserId)
    },

    /** The same on AI Hero. @returns the link that ended */
    async unlinkFromAh(ttUserId: string, notMe: boolean): Promise<EndedLink | null> {
      const before = await readLinkRecord(ah, { sellerUserId: ttUserId })
      const live = liveLink(before)
      if (live === null) return null
      await unlinkOwn(ah, { userId: live.granterUserId, notMe })
      await announceUnlink(ttUserId)
      return endedLink(before, live.granterUserId)
    },

    /** What either side has stored about the link of a user of Total TypeScript. */
    async links(ttUserId: string): Promise<{ ah: LinkRecord; tt: LinkRecord | null }> {
      return {
        ah: await readLinkRecord(ah, { sellerUserId: ttUserId }),
        tt: await readMirror(tt.db, ttUserId),
      }
    },

    /** By which link of its owner the purchase was claimed. */
    async claimedBy(purchaseId: string): Promise<{ userId: string; linkRevision: number } | null> {
      const [rows] = await ahSql.query<RowDataPacket[]>(
        'SELECT userId, claimedByLinkRevision FROM AI_CrossAppGrant WHERE sourcePurchaseId = ? AND userId IS NOT NULL',
        [purchaseId],
      )
      const row = rows[0]
      return row === undefined
        ? null
        : { userId: String(row.userId), linkRevision: Number(row.claimedByLinkRevision) }
    },

    /** The fault of a control: AI Hero forgets which link a claim was made by. */
    async forgetClaims(purchaseId: string): Promise<void> {
      await ahSql.query(
        'UPDATE AI_CrossAppGrant SET claimedByLinkRevision = 0 WHERE sourcePurchaseId = ? AND userId IS NOT NULL',
        [purchaseId],
      )
    },

    /** Every event AI Hero has ever taken, newest first: what a queue may deliver again a day later. */
    pastEvents: (): Signed[] => [...past].reverse(),

    /** Total TypeScript takes an answer off the network. */
    async deliverToTt(event: Signed): Promise<void> {
      if (event.name === 'account/linked' || event.name === 'account/unlinked') {
        const { name, data } = await tt.bridge.open({ name: event.name, id: event.id, data: event.data })
        await applyToldLink(tt, { name, data } as Parameters<typeof applyToldLink>[1])
        return
      }
      const { data } = await tt.bridge.open({
        name: event.name as 'entitlement/granted' | 'entitlement/revoked',
        id: event.id,
        data: event.data,
      })
      await acknowledgeSync(tt, { answer: data, via: 'event' })
      await thawFrozenSyncs(tt)
    },

    /** No more faults: deliver what is under way, then sweep and pull until neither finds anything to do. */
    async settle(purchaseId: string): Promise<void> {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        for (const event of network.toAh.splice(0)) await this.deliverToAh(event)
        for (const event of network.toTt.splice(0)) await this.deliverToTt(event)
        const open = await tt.db.crossAppSync.count({ where: { purchaseId, nextAttemptAt: { not: null } } })
        const asked = await tt.db.accountLink.count({ where: { nextAttemptAt: { not: null } } })
        if (open + asked === 0 && round > 0) {
          const pulled = (await pullLinkChanges(tt)).applied + (await pullGrantChanges(tt)).applied
          if (pulled + network.toAh.length === 0) return
        }
        await this.send(purchaseId)
        await this.sendUnlinkRequests()
      }
      throw new Error('The syncs never settle.')
    },

    /** AI Hero users with open Entitlement rows for this purchase, and how many grants it has. */
    async access(purchaseId: string): Promise<{ users: string[]; grants: number }> {
      const [open] = await ahSql.query<RowDataPacket[]>(
        'SELECT DISTINCT e.userId FROM AI_Entitlement e JOIN AI_CrossAppGrant g ON g.id = e.sourceId WHERE g.sourcePurchaseId = ? AND e.deletedAt IS NULL',
        [purchaseId],
      )
      const [grants] = await ahSql.query<RowDataPacket[]>(
        'SELECT id FROM AI_CrossAppGrant WHERE sourcePurchaseId = ?',
        [purchaseId],
      )
      return { users: open.map(({ userId }) => String(userId)), grants: grants.length }
    },

    /** The fault of the control: AI Hero forgets which revision it has, so it applies whatever comes. */
    async forgetRevisions(purchaseId: string): Promise<void> {
      await ahSql.query('UPDATE AI_CrossAppGrant SET revision = 0 WHERE sourcePurchaseId = ?', [purchaseId])
    },

    async close(): Promise<void> {
      readApi.close()
      await ahSql.end()
      await closeAh()
      await tt.db.$disconnect()
    },
  }
}

type Connection = Awaited<ReturnType<typeof createConnection>>

/** One AI Hero course with one content resource. */
async function seedCourse(sql: Connection): Promise<void> {
  await sql.query("INSERT IGNORE INTO AI_Product (id, name) VALUES (?, 'A course')", [PRODUCT])
  await sql.query(
    "INSERT IGNORE INTO AI_EntitlementType (id, name) VALUES ('model-type', 'workshop_content_access')",
  )
  await sql.query(
    "INSERT IGNORE INTO AI_ContentResource (id, type, createdById) VALUES ('model-resource', 'workshop', 'model')",
  )
  await sql.query(
    "INSERT IGNORE INTO AI_ContentResourceProduct (productId, resourceId, position) VALUES (?, 'model-resource', 0)",
    [PRODUCT],
  )
}

/** Two accounts that the buyer may link to: the one with their GitHub account, and another one. */
async function addAiHeroUsers(sql: Connection, ttUserId: string): Promise<void> {
  for (const userId of aiHeroUsersOf(ttUserId)) {
    await sql.query('INSERT INTO AI_User (id, email) VALUES (?, ?)', [userId, `${userId}@example.com`])
  }
  await sql.query(
    "INSERT INTO AI_Account (userId, type, provider, providerAccountId) VALUES (?, 'oauth', 'github', ?)",
    [aiHeroUsersOf(ttUserId)[0], providerAccountOf(ttUserId)],
  )
}

/** As an automatic link of long ago, of which Total TypeScript has not heard yet. */
async function linkOnAiHero(sql: Connection, ttUserId: string): Promise<void> {
  await sql.query(
    "INSERT INTO AI_AccountLink (id, linkedApp, linkedUserId, userId, linkRevision, linkMethod, linkedAt) VALUES (?, 'total-typescript', ?, ?, 1, 'oauth-github', NOW(3))",
    [`link-${ttUserId}`, ttUserId, aiHeroUsersOf(ttUserId)[0]],
  )
}

export type EndedLink = { userId: string; linkRevision: number }

function endedLink(record: LinkRecord | null, userId: string | undefined): EndedLink | null {
  return record === null || userId === undefined ? null : { userId, linkRevision: record.linkRevision }
}

/** A refusal writes nothing and is no fault. */
async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isLinkRefused(error)) throw error
  }
}

export function aiHeroUsersOf(ttUserId: string): [string, string] {
  return [`ah-of-${ttUserId}`, `ah-other-of-${ttUserId}`]
}
