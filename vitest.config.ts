import { defineConfig } from 'vitest/config'
import { ahProjects } from './apps/ah-sample/vitest.projects.ts'
import { ttProjects } from './apps/tt-sample/vitest.projects.ts'

/** Every test of the repository but the browser's. `scripts/test/suites.ts` says which projects make a suite. */
export default defineConfig({
  test: {
    silent: 'passed-only',
    projects: [
      'packages/shared',
      'sandbox/discord',
      'sandbox/fault-proxy',
      'sandbox/inngest',
      'sandbox/stack',
      'sandbox/stripe',
      ...ttProjects,
      ...ahProjects,
      {
        test: {
          name: 'scripts',
          include: ['scripts/**/*.test.ts', 'bench/**/*.test.ts', 'docs/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      { test: { name: 'model', include: ['e2e/model/**/*.test.ts'] } },
      {
        test: {
          name: 'cases',
          include: ['e2e/cases/**/*.test.ts'],
          globalSetup: ['./e2e/src/test-stack-setup.ts'],
          // One stack, and faults that concern all of it: one file at a time.
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
