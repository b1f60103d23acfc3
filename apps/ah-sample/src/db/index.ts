import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import { pool } from './pool'

export type Database = MySql2Database<Record<string, never>>

/** The app's database. Nothing connects before the first query. */
export const db: Database = drizzle({ client: pool })
