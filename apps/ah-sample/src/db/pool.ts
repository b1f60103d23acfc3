import type { Pool } from 'mysql2/promise'
import { env } from '../server/env'
import { createDatabasePool } from './connect'

// A module is loaded again at every edit in development, and each page bundle has its own copy: without this the pools
// pile up until the server refuses connections.
const globals = globalThis as typeof globalThis & { aiHeroPool?: Pool }

globals.aiHeroPool ??= createDatabasePool(env.DATABASE_URL)

/** The app's connections; scripts and tests end it when they are done. */
export const pool: Pool = globals.aiHeroPool
