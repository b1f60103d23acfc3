/**
 * `npm run demo`: brings the whole stack up, then walks one purchase, its refund and two more purchases in a real
 * browser, printing each step with its time. Stays in the foreground with everything running, unless `--once`.
 */
import { parseArgs, styleText } from 'node:util'
import { describeError, endWithParent, type Stack, StackError, startStack } from '@sandbox/stack'
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
  },
})

/** With --json everything for people goes to stderr, so that the last line of stdout is the one object. */
const out = options.json ? process.stderr : process.stdout
const print = (line = ''): void => void out.write(`${line}\n`)
const recorder = createStepRecorder(print)
let stack: Stack | undefined
let figures: DemoFigures | null = null
/** Set once everything has been shown: from then on Ctrl-C is the ordinary end. */
let finished = false
let ending = false

endWithParent((reason) => void end(finished ? 0 : reason === 'parent gone' ? 1 : 130))

/** While the stack is still starting there is nothing to stop in order: its guard ends every part with this process. */
async function end(exitCode: number): Promise<never> {
  // Someone else has begun to end it: what fails from now on fails because of that.
  if (ending) return new Promise<never>(() => undefined)
  ending = true
  if (stack && !stack.alreadyRunning) {
    print(styleText('dim', '\n  Stopping everything …'))
    await stack.stop()
  } else if (!stack) print(styleText('dim', '\n  Stopped.'))
  process.exit(exitCode)
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}

async function demo(): Promise<void> {
  print(styleText('bold', '\n  Cross-App Bundle Sync: two course platforms, one bundle\n'))
  stack = await recorder.step('start the stack and both apps', async () => {
    const progress = createProgressPrinter(out)
    try {
      return await startStack({
        name: options.name,
        ...(options['port-base'] === undefined ? {} : { portBase: Number(options['port-base']) }),
        apps: 'dev',
        onProgress: progress,
      })
    } finally {
      progress.end()
    }
  })
  if (stack.alreadyRunning)
    print(`    The stack "${options.name}" is already running: using it, and leaving it running.`)
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
