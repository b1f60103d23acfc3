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
  doctor: {
    later: '`npm run doctor`, which checks a machine and a running stack, comes with a later version.',
  },
  emails: { later: '`npm run emails`, a preview of every mail, comes with a later version.' },
  'db:studio:tt': { later: '`npm run db:studio:tt`, a view into the database, comes with a later version.' },
  'db:studio:ah': { later: '`npm run db:studio:ah`, a view into the database, comes with a later version.' },
  'stripe:setup': { later: '`npm run stripe:setup`, for Stripe test mode, comes with a later version.' },
  chaos: { later: '`npm run chaos`, random faults under load, comes with a later version.' },
}
