import { sql } from 'drizzle-orm'
import { json, mysqlTableCreator, primaryKey, timestamp, varchar } from 'drizzle-orm/mysql-core'

/**
 * The host's tables, only as far as this folder reads and writes them: so that it can be copied without importing the
 * host's schema. The schema test compares these columns with the live database too.
 */
const mysqlTable = mysqlTableCreator((name) => `AI_${name}`)

export const hostUsers = mysqlTable('User', {
	id: varchar('id', { length: 255 }).notNull().primaryKey(),
	name: varchar('name', { length: 255 }),
	email: varchar('email', { length: 255 }).notNull(),
	emailVerified: timestamp('emailVerified', { mode: 'date', fsp: 3 }),
})

/** Which sign-in provider's accounts belong to whom. Its collation ignores case: compare what is found again. */
export const hostAccounts = mysqlTable(
	'Account',
	{
		userId: varchar('userId', { length: 255 }).notNull(),
		provider: varchar('provider', { length: 255 }).notNull(),
		providerAccountId: varchar('providerAccountId', { length: 255 }).notNull(),
	},
	(table) => [primaryKey({ columns: [table.provider, table.providerAccountId] })],
)

export const hostEntitlements = mysqlTable('Entitlement', {
	id: varchar('id', { length: 191 }).notNull().primaryKey(),
	entitlementType: varchar('entitlementType', { length: 255 }).notNull(),
	userId: varchar('userId', { length: 191 }),
	organizationId: varchar('organizationId', { length: 191 }),
	organizationMembershipId: varchar('organizationMembershipId', { length: 191 }),
	sourceType: varchar('sourceType', { length: 255 }).notNull(),
	sourceId: varchar('sourceId', { length: 191 }).notNull(),
	metadata: json('metadata').$type<Record<string, unknown>>().default({}),
	expiresAt: timestamp('expiresAt', { mode: 'date', fsp: 3 }),
	createdAt: timestamp('createdAt', { mode: 'date', fsp: 3 }).default(sql`CURRENT_TIMESTAMP(3)`).notNull(),
	updatedAt: timestamp('updatedAt', { mode: 'date', fsp: 3 }).default(sql`CURRENT_TIMESTAMP(3)`).notNull(),
	deletedAt: timestamp('deletedAt', { mode: 'date', fsp: 3 }),
})
