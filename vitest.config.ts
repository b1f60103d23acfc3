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
    ],
  },
})
