import { sql } from 'drizzle-orm'
import {
	boolean,
	char,
	index,
	int,
	json,
	mysqlTableCreator,
	primaryKey,
	timestamp,
	unique,
	varchar,
} from 'drizzle-orm/mysql-core'

/** Change the prefix here, and in the migration, when your tables have another one. */
const mysqlTable = mysqlTableCreator((name) => `AI_${name}`)

/** Ids, keys and normalised emails are utf8mb4_bin in the migration: `é` and `e`, `A` and `a` are different people. */
const key = (name: string, length = 191) => varchar(name, { length })
const instant = (name: string) => timestamp(name, { mode: 'date', fsp: 3 })
const createdAt = () => instant('createdAt').default(sql`CURRENT_TIMESTAMP(3)`).notNull()
/** Always from the database's clock: the read API orders by it. */
const updatedAt = () => instant('updatedAt').default(sql`CURRENT_TIMESTAMP(3)`).notNull()

/**
 * Who is linked to whom, one row per user of the other app, made on first sight. AI Hero is its only writer, and this
 * row is the lock for everything about that user.
 */
export const accountLinks = mysqlTable(
	'AccountLink',
	{
		id: key('id').notNull().primaryKey(),
		linkedApp: key('linkedApp', 50).notNull(),
		linkedUserId: key('linkedUserId').notNull(),
		/** The linked AI Hero user; NULL while unlinked. Unique per app, so one user here has one live link there. */
		userId: key('userId'),
		/** The AI Hero user of the last link, kept for the `account/unlinked` that reports its end. */
		formerUserId: key('formerUserId'),
		/** Rises with every link and unlink; 0 = never linked. */
		linkRevision: int('linkRevision').notNull().default(0),
		linkMethod: varchar('linkMethod', { length: 50 }),
		/** The other account's address, where a person confirmed the link. */
		linkedEmail: key('linkedEmail', 255),
		/** The AI Hero account's address then; it is what the other app is told. */
		userEmail: key('userEmail', 255),
		linkTokenId: key('linkTokenId'),
		linkedAt: instant('linkedAt'),
		unlinkedAt: instant('unlinkedAt'),
		/** `user`, `not-me`, `refused` or `account-deleted`: what a person undid, nothing automatic restores. */
		unlinkedBy: varchar('unlinkedBy', { length: 32 }),
		/** Set when the unlink also freed the claims of that link. */
		releasedAt: instant('releasedAt'),
		createdAt: createdAt(),
		updatedAt: updatedAt(),
	},
	(table) => [
		unique('AccountLink_linkedApp_linkedUserId_key').on(table.linkedApp, table.linkedUserId),
		unique('AccountLink_linkedApp_userId_key').on(table.linkedApp, table.userId),
		index('AccountLink_userId_idx').on(table.userId),
		index('AccountLink_formerUserId_idx').on(table.formerUserId),
		index('AccountLink_updatedAt_id_idx').on(table.updatedAt, table.id),
	],
)

/**
 * Which two accounts a person has unlinked. The link row remembers only its last link; this outlives the next one, so
 * that nothing automatic joins the same two again. A link that a person confirms takes the row away.
 */
export const undoneLinks = mysqlTable(
	'UndoneLink',
	{
		linkedApp: key('linkedApp', 50).notNull(),
		linkedUserId: key('linkedUserId').notNull(),
		userId: key('userId').notNull(),
		/** `user` or `not-me`. */
		undoneBy: varchar('undoneBy', { length: 32 }).notNull(),
		undoneAt: instant('undoneAt').default(sql`CURRENT_TIMESTAMP(3)`).notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.linkedApp, table.linkedUserId, table.userId] }),
		index('UndoneLink_userId_idx').on(table.userId),
	],
)

/**
 * What a purchase on the other app entitles to here. Two independent facts: the desired state (by `revision`) and the
 * claimant. Entitlement rows exist exactly while it is granted and claimed.
 */
export const crossAppGrants = mysqlTable(
	'CrossAppGrant',
	{
		id: key('id').notNull().primaryKey(),
		sourceApp: key('sourceApp', 50).notNull(),
		sourcePurchaseId: key('sourcePurchaseId').notNull(),
		productId: key('productId').notNull(),
		syncId: key('syncId').notNull(),
		/** The spec's status, derived from the columns below: active, pending, suspended, revoked. */
		status: varchar('status', { length: 16 }).notNull(),
		/** The newest desired state of the seller that was applied here. */
		revision: int('revision').notNull(),
		desiredState: varchar('desiredState', { length: 16 })
			.$type<'granted' | 'suspended' | 'revoked'>()
			.notNull(),
		sourceUserId: key('sourceUserId').notNull(),
		ownerEmail: key('ownerEmail', 255).notNull(),
		ownerProven: boolean('ownerProven').notNull(),
		restriction: char('restriction', { length: 2 }),
		/** Why it stopped, for the wording: refund, dispute, hold. */
		stopReason: varchar('stopReason', { length: 16 }),
		/** The owner's normalised email while nobody has claimed it: for the banner and the mail, never for a claim. */
		pendingForEmail: key('pendingForEmail', 255),
		userId: key('userId'),
		claimedAt: instant('claimedAt'),
		claimedByLinkRevision: int('claimedByLinkRevision'),
		/** The other app has asked to end this link: it and older ones may not claim. */
		unlinkingLinkRevision: int('unlinkingLinkRevision'),
		/** Rises with every write, and above any version the seller has seen. */
		stateVersion: int('stateVersion').notNull(),
		/** The Entitlement rows that are open for this grant. */
		entitlementIds: json('entitlementIds').$type<string[]>().notNull(),
		purchasedAt: instant('purchasedAt'),
		createdAt: createdAt(),
		updatedAt: updatedAt(),
	},
	(table) => [
		unique('CrossAppGrant_source_key').on(table.sourceApp, table.sourcePurchaseId, table.productId),
		index('CrossAppGrant_sourceUserId_idx').on(table.sourceApp, table.sourceUserId),
		index('CrossAppGrant_userId_idx').on(table.userId),
		index('CrossAppGrant_pendingForEmail_idx').on(table.pendingForEmail),
		index('CrossAppGrant_updatedAt_id_idx').on(table.updatedAt, table.id),
		index('CrossAppGrant_desiredState_updatedAt_id_idx').on(table.desiredState, table.updatedAt, table.id),
		index('CrossAppGrant_status_updatedAt_id_idx').on(table.status, table.updatedAt, table.id),
		index('CrossAppGrant_productId_updatedAt_id_idx').on(table.productId, table.updatedAt, table.id),
		index('CrossAppGrant_userId_updatedAt_id_idx').on(table.userId, table.updatedAt, table.id),
		index('CrossAppGrant_ownerEmail_idx').on(table.ownerEmail),
	],
)

/** Link tokens that were used, kept for 90 days: a token links once. */
export const consumedLinkTokens = mysqlTable(
	'ConsumedLinkToken',
	{
		jti: key('jti').notNull().primaryKey(),
		userId: key('userId').notNull(),
		consumedAt: instant('consumedAt').default(sql`CURRENT_TIMESTAMP(3)`).notNull(),
	},
	(table) => [index('ConsumedLinkToken_consumedAt_idx').on(table.consumedAt)],
)

/** When a sign-in provider's account was attached to a user here. No row = attached before this table existed. */
export const providerAccountsSeen = mysqlTable(
	'ProviderAccountSeen',
	{
		provider: key('provider', 50).notNull(),
		providerAccountId: key('providerAccountId').notNull(),
		userId: key('userId').notNull(),
		attachedAt: instant('attachedAt').default(sql`CURRENT_TIMESTAMP(3)`).notNull(),
		/** The user was made by this very sign-in, so there was no older account to take over. */
		newUser: boolean('newUser').notNull(),
		/** The address the provider vouched for at the last sign-in, normalised. */
		vouchedEmail: key('vouchedEmail', 255),
	},
	(table) => [
		primaryKey({ columns: [table.provider, table.providerAccountId] }),
		index('ProviderAccountSeen_userId_idx').on(table.userId),
	],
)

/** In-app events and mails that a change caused: written in its transaction, sent right after the commit, swept when that failed. */
export const outbox = mysqlTable(
	'Outbox',
	{
		id: key('id').notNull().primaryKey(),
		/** One per happening: the same happening queued twice is one row. */
		dedupeKey: key('dedupeKey').notNull(),
		kind: varchar('kind', { length: 16 }).$type<'event' | 'email'>().notNull(),
		name: varchar('name', { length: 191 }).notNull(),
		payload: json('payload').$type<Record<string, unknown>>().notNull(),
		createdAt: createdAt(),
		dispatchedAt: instant('dispatchedAt'),
		/** NULL once dispatched, so that the sweep reads only what is due. */
		nextAttemptAt: instant('nextAttemptAt').default(sql`CURRENT_TIMESTAMP(3)`),
		attempts: int('attempts').notNull().default(0),
		lastError: varchar('lastError', { length: 500 }),
	},
	(table) => [
		unique('Outbox_dedupeKey_key').on(table.dedupeKey),
		index('Outbox_nextAttemptAt_idx').on(table.nextAttemptAt),
	],
)

/** Append-only: what was done, by whom, to what; in the transaction that did it. */
export const auditEvents = mysqlTable(
	'AuditEvent',
	{
		id: key('id').notNull().primaryKey(),
		at: instant('at').default(sql`CURRENT_TIMESTAMP(3)`).notNull(),
		actor: varchar('actor', { length: 191 }).notNull(),
		action: varchar('action', { length: 64 }).notNull(),
		purchaseId: key('purchaseId'),
		subject: key('subject').notNull(),
		/** Flat, without secrets and addresses. */
		data: json('data').$type<Record<string, string | number | boolean | null>>().notNull(),
	},
	(table) => [
		index('AuditEvent_at_id_idx').on(table.at, table.id),
		index('AuditEvent_purchaseId_at_idx').on(table.purchaseId, table.at),
		index('AuditEvent_action_at_idx').on(table.action, table.at),
		index('AuditEvent_subject_at_idx').on(table.subject, table.at),
		index('AuditEvent_actor_at_idx').on(table.actor, table.at),
	],
)
