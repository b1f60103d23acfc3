import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
	resolve: { alias: { '@': fromHere('./src') } },
	// The tsconfig leaves JSX to Next.
	oxc: { jsx: { runtime: 'automatic' } },
	test: {
		silent: 'passed-only',
		projects: [
			{
				extends: true,
				test: {
					name: 'ah-unit',
					include: ['{src,scripts}/**/*.test.{ts,tsx}'],
					exclude: ['**/*.db.test.ts'],
				},
			},
			{
				extends: true,
				test: {
					name: 'ah-db',
					include: ['{src,scripts,tests}/**/*.db.test.ts'],
					globalSetup: [fromHere('../../sandbox/stack/src/testing/databases.ts')],
					setupFiles: [fromHere('./tests/setup/environment.ts')],
					testTimeout: 30_000,
					hookTimeout: 60_000,
				},
			},
		],
	},
})
