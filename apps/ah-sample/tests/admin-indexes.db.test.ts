import { drizzle } from 'drizzle-orm/mysql2'
import type { RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAlerts } from '../src/cross-app/audit/list-alerts'
import { readTimeline, readTimelineOfPerson } from '../src/cross-app/audit/read-timeline'
import { type GrantFilter, listGrants } from '../src/cross-app/grants/list-grants'
import { readGrant } from '../src/cross-app/grants/read-grant'
import { findPeople } from '../src/cross-app/links/find-people'
import { readPerson } from '../src/cross-app/links/read-person'
import { createDatabasePool } from '../src/db/connect'
import { createOwnDatabase, type OwnDatabase } from './setup/own-database'

/**
 * What support looks up is read by keys, however much there is: each statement that a look-up sends is sent again, and
 * the rows are counted that the database reads for it, of tables with some thousand.
 */

const ROWS = 4_000
/** More than this for one page of 25 is a scan: a page, one row more, and what belongs to them. */
const FEW = 400

let database: OwnDatabase
let pool: ReturnType<typeof createDatabasePool>
const statements: { sql: string; params: unknown[] }[] = []
let context: Parameters<typeof readGrant>[0]

beforeAll(async () => {
	database = await createOwnDatabase({ migrated: true })
	await fill()
	pool = createDatabasePool(database.url, 4)
	context = {
		db: drizzle({
			client: pool,
			logger: { logQuery: (sql, params) => statements.push({ sql, params }) },
		}),
	}
})
afterAll(async () => {
	await pool.end()
	await database.drop()
})

/** Many grants and audit rows: mostly granted and claimed, some waiting, few of each other state. */
async function fill(): Promise<void> {
	const { connection } = database
	const sequence = `WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS - 1})`
	await connection.query('SET SESSION max_recursive_iterations = 100000').catch(() => undefined)
	await connection.query('SET SESSION cte_max_recursion_depth = 100000').catch(() => undefined)
	const state = `IF(i % 400 = 0, 'suspended', IF(i % 400 = 1, 'revoked', 'granted'))`
	const unclaimed = 'i % 50 = 2'
	await connection.query(
		`INSERT INTO AI_CrossAppGrant (id, sourceApp, sourcePurchaseId, productId, syncId, status, revision, desiredState, sourceUserId, ownerEmail, ownerProven, pendingForEmail, userId, claimedByLinkRevision, stateVersion, entitlementIds, updatedAt) ${sequence} SELECT CONCAT('grant-', i), 'total-typescript', CONCAT('purchase-', i DIV 2), CONCAT('product-', i % 40), CONCAT('sync-', i), IF(${state} <> 'granted', ${state}, IF(${unclaimed}, 'pending', 'active')), 1, ${state}, CONCAT('seller-', i DIV 2), CONCAT('owner-', i DIV 2, '@example.com'), TRUE, IF(${unclaimed}, CONCAT('owner-', i DIV 2, '@example.com'), NULL), IF(${unclaimed}, NULL, CONCAT('user-', i DIV 2)), IF(${unclaimed}, NULL, 1), 1, '[]', CURRENT_TIMESTAMP(3) - INTERVAL i MINUTE FROM n`,
	)
	await connection.query(
		`INSERT INTO AI_User (id, email) ${sequence} SELECT CONCAT('user-', i), CONCAT('user-', i, '@example.com') FROM n`,
	)
	await connection.query(
		`INSERT INTO AI_AccountLink (id, linkedApp, linkedUserId, userId, linkRevision) ${sequence} SELECT CONCAT('link-', i), 'total-typescript', CONCAT('seller-', i), IF(i % 25 = 1, NULL, CONCAT('user-', i)), 1 FROM n`,
	)
	await connection.query(
		`INSERT INTO AI_AuditEvent (id, at, actor, action, purchaseId, subject, data) ${sequence} SELECT CONCAT('audit-', i), CURRENT_TIMESTAMP(3) - INTERVAL i MINUTE, CONCAT('user:user-', i), IF(i % 100 = 0, 'alert.email-refused', 'grant.applied'), CONCAT('purchase-', i DIV 2), CONCAT('grant-', i), '{}' FROM n`,
	)
	await connection.query(
		`INSERT INTO AI_Outbox (id, dedupeKey, kind, name, payload, nextAttemptAt) ${sequence} SELECT CONCAT('mail-', i), CONCAT('email:granted:purchase-', i, ':u:1'), 'email', 'access-granted', '{}', NULL FROM n`,
	)
	await connection.query(
		`INSERT INTO AI_Entitlement (id, entitlementType, userId, sourceType, sourceId) ${sequence} SELECT CONCAT('entitlement-', i), 't', CONCAT('user-', i DIV 2), 'CROSS_APP_GRANT', CONCAT('grant-', i) FROM n`,
	)
	for (const table of ['CrossAppGrant', 'User', 'AccountLink', 'AuditEvent', 'Outbox', 'Entitlement']) {
		await connection.query(`ANALYZE TABLE AI_${table}`)
	}
}

/** How many rows this session has read from tables and keys, wherever they came from. */
async function rowsRead(): Promise<number> {
	const [counters] = await database.connection.query<RowDataPacket[]>(
		"SHOW SESSION STATUS LIKE 'Handler\\_read\\_%'",
	)
	return counters.reduce((sum, counter) => sum + Number(counter.Value), 0)
}

/** The statements of a look-up that read more rows than a page needs, by what the database counts. */
async function scansOf(lookUp: () => Promise<unknown>): Promise<string[]> {
	statements.length = 0
	await lookUp()
	expect(statements.length).toBeGreaterThan(0)
	const scans: string[] = []
	for (const { sql, params } of [...statements]) {
		const before = await rowsRead()
		await database.connection.query(sql, params)
		const read = (await rowsRead()) - before
		if (read > FEW) scans.push(`${read} rows for ${sql}`)
	}
	return scans
}

const ANY: GrantFilter = {
	desiredState: null,
	claim: null,
	attention: false,
	productId: null,
	changedSince: null,
	search: null,
}
const list = (filter: Partial<GrantFilter>, after: { updatedAt: Date; id: string } | null = null) =>
	listGrants(context, { filter: { ...ANY, ...filter }, after, limit: 25 })

describe('support looks up by keys', () => {
	it.each([
		['everything', {}],
		['a state', { desiredState: 'suspended' }],
		['a claim', { claim: 'active' }],
		['what is unclaimed', { claim: 'unclaimed' }],
		['a course', { productId: 'product-7' }],
		['a course and a state', { productId: 'product-7', desiredState: 'granted' }],
		['a time', { changedSince: new Date(Date.now() - 24 * 60 * 60_000) }],
		['what needs attention', { attention: true }],
		['an address of a buyer', { search: 'owner-77@example.com' }],
		['an address of a claimant', { search: 'user-77@example.com' }],
		['a purchase', { search: 'purchase-77' }],
		['a grant', { search: 'grant-77' }],
		['a search that needs attention', { search: 'seller-77', attention: true }],
	] as const)('in the list of grants: %s', async (_name, filter) => {
		expect(await scansOf(() => list(filter))).toEqual([])
	})

	it('on a later page of the list', async () => {
		const after = { updatedAt: new Date(Date.now() - 2_000 * 60_000), id: 'grant-2000' }
		expect(await scansOf(() => list({}, after))).toEqual([])
	})

	it.each([
		['one grant', () => readGrant(context, { grantId: 'grant-77' })],
		['people by an address', () => findPeople(context, { search: 'owner-77@example.com' })],
		['people by the beginning of one', () => findPeople(context, { search: 'user-77' })],
		['one person here', () => readPerson(context, { id: 'user-77' })],
		['one person of the seller’s', () => readPerson(context, { id: 'seller-76' })],
		['alerts', () => listAlerts(context, { kind: null, after: null, limit: 25 })],
		['the timeline of a purchase', () => readTimeline(context, { purchaseId: 'purchase-77', limit: 500 })],
		[
			'the timeline of a user of the seller',
			() => readTimeline(context, { sellerUserId: 'seller-77', limit: 500 }),
		],
		[
			'the timeline of a person',
			() =>
				readTimelineOfPerson(context, {
					sellerUserIds: ['seller-77'],
					userIds: ['user-77'],
					withActs: true,
					limit: 500,
				}),
		],
	] as const)('of %s', async (_name, lookUp) => {
		expect(await scansOf(lookUp)).toEqual([])
	})

	it('control: without its key, a look-up is seen to read the whole table', async () => {
		await database.connection.query('ALTER TABLE AI_CrossAppGrant DROP KEY CrossAppGrant_ownerEmail_idx')
		expect(await scansOf(() => list({ search: 'owner-77@example.com' }))).not.toEqual([])
	})
})
