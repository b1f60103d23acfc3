import { defineConfig } from '@playwright/test'
import { findChromium } from '@sandbox/stack'

const chromium = await findChromium()

export default defineConfig({
  testDir: './browser',
  outputDir: './test-results',
  globalSetup: './src/test-stack-setup.ts',
  // Buyers are made anew by each test, so tests can run side by side; two cores carry two browsers.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium.executablePath,
      args: chromium.args,
      ...(chromium.env ? { env: chromium.env } : {}),
    },
  },
})
