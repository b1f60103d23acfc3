import { createBridge, type VerifiedEvent } from '@cross-app/shared'
import { signedEvent } from '@cross-app/shared/testing'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { answerGrant } from '../../apps/ah-sample/src/cross-app/grants/answer-grant'
import { applyOrRefuse } from '../../apps/ah-sample/src/cross-app/grants/apply-or-refuse'
import { toDesiredRevision } from '../../apps/ah-sample/src/cross-app/grants/desired-revision'
import { createContext as createAhContext } from '../../apps/ah-sample/tests/setup/create-context'
import type { CrossAppContext as TtContext } from '../../apps/tt-sample/src/cross-app/context'
import { acknowledgeSync } from '../../apps/tt-sample/src/cross-app/syncs/acknowledge-sync'
import { pullGrantChanges } from '../../apps/tt-sample/src/cross-app/syncs/pull-grant-changes'
import { sendDueSyncs } from '../../apps/tt-sample/src/cross-app/syncs/send-due-syncs'
import { thawFrozenSyncs } from '../../apps/tt-sample/src/cross-app/syncs/thaw-frozen-syncs'
import { serveChanges } from './ah-side'
import { createTtContext, recordPurchase, type TtPurchase } from './tt-side'

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
  const { context: ah, close: closeAh } = createAhContext({ databaseUrl: urls.ah })
  const readApi = await serveChanges(ah, ahBridge)
  const tt: TtContext = createTtContext(urls.tt, bridgeOf('total-typescript'), readApi.url)
  const ahSql = await createConnection({ uri: urls.ah, timezone: 'Z' })
  await seedCourse(ahSql)

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

    /** Every event AI Hero has ever taken, newest first: what a queue may deliver again a day later. */
    pastEvents: (): Signed[] => [...past].reverse(),

    /** Total TypeScript takes an answer off the network. */
    async deliverToTt(event: Signed): Promise<void> {
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
        if (open === 0 && round > 0 && (await pullGrantChanges(tt)).applied === 0) return
        await this.send(purchaseId)
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

async function linkOnAiHero(sql: Connection, ttUserId: string): Promise<void> {
  const userId = aiHeroUserOf(ttUserId)
  await sql.query('INSERT INTO AI_User (id, email) VALUES (?, ?)', [userId, `${userId}@example.com`])
  await sql.query(
    "INSERT INTO AI_AccountLink (id, linkedApp, linkedUserId, userId, linkRevision, linkMethod, linkedAt) VALUES (?, 'total-typescript', ?, ?, 1, 'explicit', NOW(3))",
    [`link-${ttUserId}`, ttUserId, userId],
  )
}

export function aiHeroUserOf(ttUserId: string): string {
  return `ah-of-${ttUserId}`
}
