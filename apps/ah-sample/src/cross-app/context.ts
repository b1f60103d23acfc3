import type { AppId, Bridge } from '@cross-app/shared'
import type { MySqlDatabase } from 'drizzle-orm/mysql-core'
import type { MySql2Database, MySql2PreparedQueryHKT, MySql2QueryResultHKT } from 'drizzle-orm/mysql2'
import type { EmailContent, RenderedEmail } from './mail/email-content'

type Schema = Record<string, never>

export type Database = MySql2Database<Schema>
/** What both a database and a transaction can do. */
export type Executor = MySqlDatabase<MySql2QueryResultHKT, MySql2PreparedQueryHKT, Schema>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
export type Transact = <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>

/** The other app, as every row and event names it. */
export const SOURCE_APP: AppId = 'total-typescript'

export type Log = Record<
	'info' | 'warn' | 'error',
	(message: string, fields?: Record<string, unknown>) => void
>

/** What a product consists of, as far as access is concerned. */
export type ProductContent = {
	title: string
	/** One Entitlement row is opened for each. */
	resources: { resourceId: string; entitlementTypeId: string }[]
}

/** What only the app can answer, given to the verbs by `host.ts` (or by a test). All run inside the caller's transaction. */
export type HostPorts = {
	/** Null when there is no such product. */
	readProductContent(tx: Executor, productId: string): Promise<ProductContent | null>
	/** Finds or makes the user's own organization. The caller holds the lock on the User row. */
	ensurePersonalOrganization(
		tx: Executor,
		user: { id: string; email: string },
	): Promise<{ organizationId: string; membershipId: string }>
}

/** What every verb of this folder needs. */
export type CrossAppContext = {
	db: Database
	transact: Transact
	host: HostPorts
	log: Log
	/** Whether an insert failed because the key exists: drivers word it differently. */
	isUniqueViolation(error: unknown): boolean
}

/** What the few verbs that also send something need. */
export type SendingContext = CrossAppContext & {
	bridge: Bridge
	/** Sends an event to this app's own Inngest. The id lets a repeated send start nothing twice. */
	sendInApp(event: { id: string; name: string; data: Record<string, unknown> }): Promise<void>
}

/** A course by name, and the way into it. */
export type CourseLink = { productId: string; title: string; path: string }

/** What the verbs that read and send mails need. */
export type MailContext = SendingContext & {
	/**
	 * Hands one mail to the provider; the same key sends one mail. `accepted-before`: the provider has a mail under this
	 * key, which reads differently. @throws CrossAppError, retryable or final
	 */
	sendEmail(
		email: RenderedEmail & { to: string; idempotencyKey: string },
	): Promise<'accepted' | 'accepted-before'>
	renderEmail(content: EmailContent): Promise<RenderedEmail>
	/** Courses that products open, in the order of the catalogue; unknown products are left out. */
	readCourseLinks(productIds: string[]): Promise<CourseLink[]>
	/** A page of this app, absolute. */
	appUrl(path: string): string
}
