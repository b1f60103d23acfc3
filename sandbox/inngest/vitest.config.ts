import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'inngest',
    include: ['src/**/*.test.ts'],
    // The files share nothing but modules, of which the SDK is slow to load.
    isolate: false,
    setupFiles: ['src/testing/around-each-test.ts'],
    // Far beyond what any takes: on a busy machine a process may need seconds to start.
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
})
