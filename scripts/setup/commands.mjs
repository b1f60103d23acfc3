/**
 * The root's commands. `run` is a TypeScript file that Node 24 executes, followed by arguments that come before those
 * of the person; `later` is a sentence for commands that this version doesn't have yet.
 *
 * @type {Record<string, { run: [string, ...string[]] } | { later: string }>}
 */
export const commands = {
  demo: { run: ['e2e/src/demo.ts'] },
  dev: { run: ['sandbox/stack/src/dev.ts'] },
  stack: { run: ['sandbox/stack/src/main.ts'] },
  bench: { run: ['bench/src/main.ts'] },
  test: { run: ['scripts/test.ts', 'test'] },
  'test:full': { run: ['scripts/test.ts', 'test:full'] },
  check: { run: ['scripts/test.ts', 'check'] },
  'test:unit': { run: ['scripts/test.ts', 'test:unit'] },
  'test:watch': { run: ['scripts/test.ts', 'test:watch'] },
  e2e: { run: ['scripts/test.ts', 'e2e'] },
  'e2e:ui': { run: ['scripts/test.ts', 'e2e:ui'] },
  doctor: { run: ['sandbox/stack/src/doctor/main.ts'] },
  emails: { run: ['sandbox/stack/src/emails/main.ts'] },
  'db:studio:tt': { run: ['sandbox/stack/src/studio/main.ts', 'tt'] },
  'db:studio:ah': { run: ['sandbox/stack/src/studio/main.ts', 'ah'] },
  'stripe:setup': { run: ['sandbox/stack/src/stripe-test-mode/setup-main.ts'] },
  chaos: { later: '`npm run chaos`, random faults under load, comes with a later version.' },
}
