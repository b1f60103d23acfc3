import {fileURLToPath} from 'node:url'
import {defineConfig} from 'vitest/config'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {alias: {'@': fromHere('./src')}},
  // The tsconfig leaves JSX to Next.
  oxc: {jsx: {runtime: 'automatic'}},
  test: {
    silent: 'passed-only',
    projects: [
      {
        extends: true,
        test: {
          name: 'tt-unit',
          include: ['{src,scripts,test}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'tt-db',
          include: ['{src,scripts,test}/**/*.db.test.ts'],
          globalSetup: [fromHere('../../sandbox/stack/src/testing/databases.ts')],
          setupFiles: [fromHere('./test/setup/environment.ts')],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
