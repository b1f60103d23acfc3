/** Vitest's and Playwright's global set-up: one stack for all tests of a run. */
import { startTestStack } from './test-stack.ts'

export default async function setUp(): Promise<() => Promise<void>> {
  return startTestStack()
}
