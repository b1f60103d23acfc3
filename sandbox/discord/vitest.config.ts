import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'discord', include: ['src/**/*.test.ts'], testTimeout: 15_000 },
})
