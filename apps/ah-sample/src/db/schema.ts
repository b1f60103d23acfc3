import { sql } from 'drizzle-orm'
import {
	decimal,
	double,
	index,
	int,
	json,
	mysqlEnum,
	primaryKey,
	text,
	timestamp,
	unique,
	varchar,
} from 'drizzle-orm/mysql-core'
import { mysqlTable } from './mysql-table'

/**
 * The host's own tables, column for column as the course platform package declares them: this file imitates a schema
 * that the real app can't edit. There are no foreign keys. New tables of the bundle sync are in `cross-app/schema.ts`.
 */

const id = (name = 'id') => varchar(name, { length: 191 })
const longId = (name = 'id') => varchar(name, { length: 255 })
const instant = (name: string) => timestamp(name, { mode: 'date', fsp: 3 })
const createdAt = () => instant('createdAt').default(sql`CURRENT_TIMESTAMP(3)`)
const updatedAt = () => instant('updatedAt').default(sql`CURRENT_TIMESTAMP(3)`)
const fields = (name = 'fields') => json(name).$type<Record<string, unknown>>().default({})

export const users = mysqlTable(
	'User',
	{
		id: longId().notNull().primaryKey(),
		name: varchar('name', { length: 255 }),
		role: mysqlEnum('role', ['user', 'admin']).default('user'),
		email: varchar('email', { length: 255 }).notNull(),
		fields: fields(),
		emailVerified: instant('emailVerified'),
		image: varchar('image', { length: 255 }),
		createdAt: createdAt(),
	},
	(table) => [unique('User_email_key').on(table.email), index('User_createdAt_idx').on(table.createdAt)],
)

export const accounts = mysqlTable(
	'Account',
	{
		userId: longId('userId').notNull(),
		type: varchar('type', { length: 255 }).$type<'oauth' | 'oidc' | 'email' | 'webauthn'>().notNull(),
		provider: varchar('provider', { length: 255 }).notNull(),
		providerAccountId: varchar('providerAccountId', { length: 255 }).notNull(),
		refresh_token: text('refresh_token'),
		access_token: text('access_token'),
		oauth_token: text('oauth_token'),
		oauth_token_secret: text('oauth_token_secret'),
		expires_at: int('expires_at'),
		token_type: varchar('token_type', { length: 255 }),
		scope: varchar('scope', { length: 255 }),
		id_token: text('id_token'),
		session_state: varchar('session_state', { length: 255 }),
		refresh_token_expires_in: int('refresh_token_expires_in'),
	},
	(table) => [
		primaryKey({ columns: [table.provider, table.providerAccountId] }),
		index('Account_userId_idx').on(table.userId),
	],
)

export const sessions = mysqlTable(
	'Session',
	{
		sessionToken: varchar('sessionToken', { length: 255 }).notNull().primaryKey(),
		userId: longId('userId').notNull(),
		expires: instant('expires').notNull(),
	},
	(table) => [index('Session_userId_idx').on(table.userId)],
)

export const verificationTokens = mysqlTable(
	'VerificationToken',
	{
		identifier: varchar('identifier', { length: 255 }).notNull(),
		token: varchar('token', { length: 255 }).notNull(),
		expires: instant('expires').notNull(),
	},
	(table) => [primaryKey({ columns: [table.identifier, table.token] })],
)

export const organizations = mysqlTable('Organization', {
	id: longId().notNull().primaryKey(),
	name: varchar('name', { length: 191 }),
	fields: fields(),
	image: varchar('image', { length: 255 }),
	createdAt: createdAt(),
})

export const organizationMemberships = mysqlTable(
	'OrganizationMembership',
	{
		id: longId().notNull().primaryKey(),
		organizationId: id('organizationId'),
		role: varchar('role', { length: 191 }).notNull().default('user'),
		invitedById: longId('invitedById').notNull(),
		userId: longId('userId').notNull(),
		fields: fields(),
		createdAt: createdAt(),
	},
	(table) => [
		index('OrganizationMembership_organizationId_idx').on(table.organizationId),
		// The real table has none; without it every access check reads the whole table.
		index('OrganizationMembership_userId_idx').on(table.userId),
	],
)

export const products = mysqlTable('Product', {
	id: id().notNull().primaryKey(),
	organizationId: id('organizationId'),
	name: varchar('name', { length: 191 }).notNull(),
	key: varchar('key', { length: 191 }),
	type: varchar('type', { length: 191 }).default('self-paced'),
	fields: fields(),
	createdAt: createdAt().notNull(),
	status: int('status').notNull().default(1),
	quantityAvailable: int('quantityAvailable').notNull().default(-1),
})

export const contentResources = mysqlTable(
	'ContentResource',
	{
		id: longId().notNull().primaryKey(),
		organizationId: id('organizationId'),
		createdByOrganizationMembershipId: id('createdByOrganizationMembershipId'),
		type: varchar('type', { length: 255 }).notNull(),
		createdById: longId('createdById').notNull(),
		fields: fields(),
		currentVersionId: longId('currentVersionId'),
		createdAt: createdAt(),
		updatedAt: updatedAt(),
		deletedAt: instant('deletedAt'),
	},
	(table) => [index('ContentResource_type_idx').on(table.type)],
)

export const contentResourceResources = mysqlTable(
	'ContentResourceResource',
	{
		resourceOfId: longId('resourceOfId').notNull(),
		resourceId: longId('resourceId').notNull(),
		position: double('position').notNull().default(0),
		metadata: fields('metadata'),
		createdAt: createdAt(),
		updatedAt: updatedAt(),
		deletedAt: instant('deletedAt'),
	},
	(table) => [
		primaryKey({ columns: [table.resourceOfId, table.resourceId] }),
		index('ContentResourceResource_resourceId_idx').on(table.resourceId),
	],
)

export const contentResourceProducts = mysqlTable(
	'ContentResourceProduct',
	{
		productId: longId('productId').notNull(),
		resourceId: longId('resourceId').notNull(),
		position: double('position').notNull().default(0),
		metadata: fields('metadata'),
		createdAt: createdAt(),
		updatedAt: updatedAt(),
		deletedAt: instant('deletedAt'),
	},
	(table) => [
		primaryKey({ columns: [table.productId, table.resourceId] }),
		index('ContentResourceProduct_resourceId_idx').on(table.resourceId),
	],
)

export const purchases = mysqlTable(
	'Purchase',
	{
		id: id().notNull().primaryKey(),
		userId: id('userId'),
		purchasedByOrganizationMembershipId: id('organizationMembershipId'),
		organizationId: id('organizationId'),
		createdAt: createdAt().notNull(),
		/** Dollars, as in the real table; integer cents everywhere else. */
		totalAmount: decimal('totalAmount', { precision: 65, scale: 30 }).notNull(),
		ipAddress: varchar('ip_address', { length: 191 }),
		city: varchar('city', { length: 191 }),
		state: varchar('state', { length: 191 }),
		country: varchar('country', { length: 191 }),
		couponId: id('couponId'),
		productId: id('productId').notNull(),
		merchantChargeId: id('merchantChargeId'),
		upgradedFromId: id('upgradedFromId'),
		status: varchar('status', { length: 191 }).default('Valid').notNull(),
		bulkCouponId: id('bulkCouponId'),
		merchantSessionId: id('merchantSessionId'),
		redeemedBulkCouponId: id('redeemedBulkCouponId'),
		fields: fields(),
	},
	(table) => [
		unique('Purchase_upgradedFromId_key').on(table.upgradedFromId),
		index('Purchase_userId_idx').on(table.userId),
		index('Purchase_merchantChargeId_idx').on(table.merchantChargeId),
	],
)

export const merchantCharges = mysqlTable(
	'MerchantCharge',
	{
		id: id().notNull().primaryKey(),
		/** 0 paid, 1 refunded in full. */
		status: int('status').default(0).notNull(),
		/** Stripe's charge id. */
		identifier: varchar('identifier', { length: 191 }).notNull(),
		userId: id('userId').notNull(),
		merchantAccountId: id('merchantAccountId').notNull(),
		merchantProductId: id('merchantProductId').notNull(),
		createdAt: createdAt().notNull(),
		merchantCustomerId: id('merchantCustomerId').notNull(),
	},
	(table) => [unique('MerchantCharge_identifier_key').on(table.identifier)],
)

export const merchantSessions = mysqlTable(
	'MerchantSession',
	{
		id: id().notNull().primaryKey(),
		/** Stripe's Checkout session id. */
		identifier: varchar('identifier', { length: 191 }).notNull(),
		merchantAccountId: id('merchantAccountId').notNull(),
	},
	(table) => [unique('MerchantSession_identifier_key').on(table.identifier)],
)

export const entitlementTypes = mysqlTable(
	'EntitlementType',
	{
		id: id().notNull().primaryKey(),
		name: varchar('name', { length: 255 }).notNull(),
		description: text('description'),
	},
	(table) => [unique('EntitlementType_name_key').on(table.name)],
)

export const entitlements = mysqlTable(
	'Entitlement',
	{
		id: id().notNull().primaryKey(),
		/** The id of an EntitlementType, not its name. */
		entitlementType: varchar('entitlementType', { length: 255 }).notNull(),
		userId: id('userId'),
		organizationId: id('organizationId'),
		organizationMembershipId: id('organizationMembershipId'),
		sourceType: varchar('sourceType', { length: 255 }).notNull(),
		sourceId: id('sourceId').notNull(),
		/** Always an object with `contentIds`: readers of the real app reject null. */
		metadata: fields('metadata'),
		expiresAt: instant('expiresAt'),
		createdAt: createdAt().notNull(),
		updatedAt: updatedAt().notNull(),
		deletedAt: instant('deletedAt'),
	},
	(table) => [
		index('Entitlement_userId_idx').on(table.userId),
		index('Entitlement_organizationId_idx').on(table.organizationId),
		index('Entitlement_organizationMembershipId_idx').on(table.organizationMembershipId),
		index('Entitlement_source_idx').on(table.sourceType, table.sourceId),
		index('Entitlement_entitlementType_idx').on(table.entitlementType),
	],
)

/** Inbox of AI Hero's own Stripe webhook: written in the transaction that does the event's work. */
export const stripeEvents = mysqlTable('StripeEvent', {
	id: id().notNull().primaryKey(),
	type: varchar('type', { length: 191 }).notNull(),
	receivedAt: instant('receivedAt').default(sql`CURRENT_TIMESTAMP(3)`).notNull(),
})
