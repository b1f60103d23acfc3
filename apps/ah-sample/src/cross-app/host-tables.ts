import { sql } from 'drizzle-orm'
import { json, mysqlTableCreator, timestamp, varchar } from 'drizzle-orm/mysql-core'

/**
 * The host's tables, only as far as this folder reads and writes them: so that it can be copied without importing the
 * host's schema. The schema test compares these columns with the live database too.
 */
const mysqlTable = mysqlTableCreator((name) => `AI_${name}`)

export const hostUsers = mysqlTable('User', {
	id: varchar('id', { length: 255 }).notNull().primaryKey(),
	email: varchar('email', { length: 255 }).notNull(),
	emailVerified: timestamp('emailVerified', { mode: 'date', fsp: 3 }),
})

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
	updatedAt: timestamp('updatedAt', { mode: 'date', fsp: 3 }).default(sql`CURRENT_TIMESTAMP(3)`).notNull(),
	deletedAt: timestamp('deletedAt', { mode: 'date', fsp: 3 }),
})
