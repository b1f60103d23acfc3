import { mysqlTableCreator } from 'drizzle-orm/mysql-core'

/** Every table of AI Hero carries this prefix, as in the real repository: several apps may share one server. */
export const mysqlTable = mysqlTableCreator((name) => `AI_${name}`)
