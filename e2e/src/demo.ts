/**
 * `npm run demo`: brings the whole stack up, then walks one purchase, its refund and two more purchases in a real
 * browser, printing each step with its time. Stays in the foreground with everything running, unless `--once`. With
 * `--mysql=…`, `--inngest=…` or `--real` it runs on the parts that are asked for, otherwise on the first that work.
 */
import { parseArgs, styleText } from 'node:util'
import {
  choiceOptions,
  describeError,
  endWithParent,
  type ForcedChoices,
  readChoiceFlags,
  type Stack,
  StackError,
  startStack,
} from '@sandbox/stack'
import { pickLines } from '@sandbox/stack/terminal/pick-lines'
import { createProgressPrinter } from '@sandbox/stack/terminal/progress-printer'
import { printFarewell } from './demo/farewell.ts'
import { createStepRecorder, StepFailed } from './demo/steps.ts'
import { type DemoFigures, runWalk } from './demo/walk.ts'
import { openBrowser } from './open-browser.ts'
import { createScenario } from './scenario.ts'

const { values: options } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    headed: { type: 'boolean', default: false },
    name: { type: 'string', default: 'dev' },
    'port-base': { type: 'string' },
    ...choiceOptions,
  },
})

/** With --json everything for people goes to stderr, so that the last line of stdout is the one object. */
const out = options.json ? process.stderr : process.stdout
const print = (line = ''): void => void out.write(`${line}\n`)
const recorder = createStepRecorder(print)
let stack: Stack | undefined
/** Ends what has been begun while `stack` is not there yet. */
let stopStarting: (() => Promise<void>) | undefined
let figures: DemoFigures | null = null
/** Set once everything has been shown: from then on Ctrl-C is the ordinary end. */
let finished = false
let ending = false

endWithParent((reason) => void end(finished ? 0 : reason === 'parent gone' ? 1 : 130))

/** Returns to the shell only when everything that this process has started is gone. */
async function end(exitCode: number): Promise<never> {
  // Someone else has begun to end it: what fails from now on fails because of that.
  if (ending) return new Promise<never>(() => undefined)
  ending = true
  if (stack && !stack.alreadyRunning) {
    print(styleText('dim', '\n  Stopping everything …'))
    await stack.stop()
  } else if (!stack) {
    await stopStarting?.()
    print(styleText('dim', '\n  Stopped.'))
  }
  process.exit(exitCode)
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}

/** What the walk needs whatever keys a person has given: it pays on the stand-in's page and reads the inbox. */
const walked = { stripe: 'sandbox', github: 'stand-in', discord: 'stand-in', mail: 'stand-in' } as const

/** The parts to start. @throws StackError for a Stripe on whose page the walk can't pay */
function demoChoices(): ForcedChoices {
  const asked = readChoiceFlags(options)
  if (asked.stripe === 'test-mode') {
    throw new StackError(
      'not-available',
      "The demo pays on the stand-in's page, and can't on Stripe's own.",
      {
        nextStep:
          'Use `npm run dev -- --stripe=test-mode` and pay by hand with 4242 4242 4242 4242, or leave the flag out: your keys may stay in .env.',
      },
    )
  }
  return { ...asked, ...walked }
}

/** @throws StackError when the stack that runs already has real services where the walk needs stand-ins */
function assertWalkable({ info: { name, picks } }: Stack): void {
  const { mysqlTt, mysqlAh, inngestTt, inngestAh, ...services } = picks
  const real = Object.values(services).find(({ choice }) => choice === 'test-mode' || choice === 'real')
  if (real === undefined) return
  throw new StackError(
    'already-running',
    `The stack "${name}" runs with ${real.what}; the demo needs stand-ins.`,
    {
      nextStep: 'Run the demo beside it: npm run demo -- --name demo',
    },
  )
}

async function demo(): Promise<void> {
  const choices = demoChoices()
  print(styleText('bold', '\n  Cross-App Bundle Sync: two course platforms, one bundle\n'))
  stack = await recorder.step('start the stack and both apps', async () => {
    const progress = createProgressPrinter(out)
    try {
      return await startStack({
        name: options.name,
        ...(options['port-base'] === undefined ? {} : { portBase: Number(options['port-base']) }),
        apps: 'dev',
        choices,
        onBegin(stop) {
          stopStarting = stop
        },
        onProgress: progress,
      })
    } finally {
      progress.end()
    }
  })
  assertWalkable(stack)
  if (stack.alreadyRunning)
    print(`    The stack "${options.name}" is already running: using it, and leaving it running.`)
  // What the walk itself asks for needs no reason.
  const { mysqlTt, mysqlAh, inngestTt, inngestAh } = stack.info.picks
  const picks = { mysqlTt, mysqlAh, inngestTt, inngestAh }
  for (const line of [...pickLines(picks), ...stack.notes]) {
    print(styleText('dim', `    ${line}`))
  }
  const scenario = createScenario(stack.info)
  const browser = await recorder.step('open a browser', () =>
    openBrowser({ headless: !options.headed, ...(options.headed ? { slowMo: 600 } : {}) }),
  )
  try {
    figures = await runWalk({ browser, scenario, recorder, print })
  } finally {
    await browser.close().catch(() => undefined)
    await scenario.close()
  }
}

let failure: StepFailed | null = null
try {
  await demo()
} catch (error) {
  failure = error instanceof StepFailed ? error : new StepFailed('demo', error)
}

if (failure && !ending) {
  print(styleText('red', `\n  ✗ The demo failed at: ${failure.step}`))
  print(indented(failure.cause instanceof StackError ? describeError(failure.cause) : failure.reason))
  print(`    Logs: .local/${options.name}/logs/`)
}
if (options.json) {
  process.stdout.write(`${JSON.stringify({ ok: failure === null, steps: recorder.steps, figures })}\n`)
}
if (failure || !stack) await end(1)
else if (options.once) await end(0)
else {
  finished = true
  printFarewell(print, stack.info, { ours: !stack.alreadyRunning })
  // The parts are children of this process; it stays until Ctrl-C. A stack that was running before needs nobody.
  if (stack.alreadyRunning) await end(0)
}
