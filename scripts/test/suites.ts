/** One runner call, and how its result is read. */
export type Suite = {
  name: string
  /** What a person reads while it runs. */
  title: string
  command: string[]
  /** `exit-code`: the check counts as one test. The other two are read from the runner's own JSON report. */
  report: 'exit-code' | 'vitest' | 'playwright'
  /** Seconds it may take on two cores when everything is set up; past it, the run says so. */
  budgetSeconds: number
}

const bin = 'node_modules/.bin'

function vitest(...projects: string[]): string[] {
  return [`${bin}/vitest`, 'run', ...projects.flatMap((project) => ['--project', project])]
}

/** In the order they run: the quick ones first, so that a typing error is known within seconds. */
export const SUITES: Suite[] = [
  {
    name: 'lint',
    title: 'lint and import rules',
    command: [`${bin}/biome`, 'ci', '.'],
    report: 'exit-code',
    budgetSeconds: 10,
  },
  {
    name: 'types',
    title: 'types, every package',
    command: [`${bin}/turbo`, 'run', 'typecheck', '--output-logs=errors-only'],
    report: 'exit-code',
    budgetSeconds: 60,
  },
  {
    name: 'unit',
    title: 'unit tests and stand-ins',
    // Most of them wait for a process or an answer: one worker more than cores keeps the cores busy.
    command: [
      ...vitest(
        'shared',
        'discord',
        'fault-proxy',
        'inngest',
        'stack',
        'stripe',
        'scripts',
        'tt-unit',
        'ah-unit',
      ),
      '--maxWorkers=3',
    ],
    report: 'vitest',
    budgetSeconds: 160,
  },
  {
    name: 'integration',
    title: 'both apps against real databases',
    command: vitest('tt-db', 'ah-db', 'model'),
    report: 'vitest',
    budgetSeconds: 210,
  },
  {
    name: 'cases',
    title: 'the whole stack, with faults between its parts',
    command: vitest('cases'),
    report: 'vitest',
    budgetSeconds: 150,
  },
  {
    name: 'browser',
    title: 'a real browser through both apps',
    command: ['e2e/node_modules/.bin/playwright', 'test', '--config', 'e2e/playwright.config.ts'],
    report: 'playwright',
    budgetSeconds: 300,
  },
]
