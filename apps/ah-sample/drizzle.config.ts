import { defineConfig } from 'drizzle-kit'

/** Only for `drizzle-kit studio`: migrations are written by hand and applied by scripts/migrate.ts. */
export default defineConfig({
	dialect: 'mysql',
	schema: ['./src/db/schema.ts', './src/cross-app/schema.ts'],
	dbCredentials: { url: process.env.DATABASE_URL ?? '' },
})
