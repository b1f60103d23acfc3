import {fileURLToPath} from 'node:url'
import type {TestProjectInlineConfiguration} from 'vitest/config'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const common = {
  root: fromHere('.'),
  resolve: {alias: {'@': fromHere('./src')}},
  // The tsconfig leaves JSX to Next.
  oxc: {jsx: {runtime: 'automatic' as const}},
}

/** This app's tests: those that need nothing, and those that need a database. The root configuration runs them too. */
export const ttProjects: TestProjectInlineConfiguration[] = [
  {
    ...common,
    test: {
      name: 'tt-unit',
      include: ['{src,scripts,test}/**/*.test.{ts,tsx}'],
      exclude: ['**/*.db.test.ts', '**/node_modules/**'],
    },
  },
  {
    ...common,
    test: {
      name: 'tt-db',
      include: ['{src,scripts,test}/**/*.db.test.ts'],
      globalSetup: [fromHere('../../sandbox/stack/src/testing/databases.ts')],
      setupFiles: [fromHere('./test/setup/environment.ts')],
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  },
]
