import { defineConfig } from 'vitest/config'

const databases = './sandbox/stack/src/testing/databases.ts'

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'model',
          include: ['e2e/model/**/*.test.ts'],
          globalSetup: [databases],
        },
      },
      {
        extends: true,
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
