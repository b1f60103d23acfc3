import { defineConfig } from '@playwright/test'
import { browserLaunchOptions } from './src/open-browser.ts'

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
  // What must hold of the whole run is looked at when all else is over, whether it passed or not.
  projects: [
    { name: 'browser', testIgnore: /aftermath|home\.spec/, teardown: 'aftermath' },
    // Puts faults on the roads that all the others use, and stops parts: when they are done, and by itself.
    { name: 'home', testMatch: /home\.spec/, dependencies: ['browser'] },
    { name: 'aftermath', testMatch: /aftermath/ },
  ],
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    // Recording every test takes its time; the screenshot of a failure mostly says enough.
    trace: process.env.E2E_TRACE === '1' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: await browserLaunchOptions(),
  },
})
