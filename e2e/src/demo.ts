/**
 * `npm run demo`: brings the whole stack up, then walks one purchase, its refund and two more purchases in a real
 * browser, printing each step with its time. Stays in the foreground with everything running, unless `--once`.
 */
import { parseArgs, styleText } from 'node:util'
import { findChromium, type Stack, startStack } from '@sandbox/stack'
import { createProgressPrinter } from '@sandbox/stack/terminal/progress-printer'
import { chromium } from 'playwright-core'
import { printFarewell } from './demo/farewell.ts'
import { createStepRecorder, StepFailed } from './demo/steps.ts'
import { type DemoFigures, runWalk } from './demo/walk.ts'
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

const stopped = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve)
  process.once('SIGTERM', resolve)
})

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
  const found = await findChromium()
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: found.args,
    ...(found.env ? { env: found.env } : {}),
    headless: !options.headed,
    ...(options.headed ? { slowMo: 600 } : {}),
  })
  try {
    figures = await Promise.race([
      runWalk({ browser, scenario, recorder, print }),
      stopped.then(() => {
        throw new StepFailed('interrupted', new Error('Stopped by you.'))
      }),
    ])
  } finally {
    await browser.close().catch(() => undefined)
    await scenario.close()
  }
}

let failure: StepFailed | null = null
try {
  await demo()
  if (!options.once && stack) {
    printFarewell(print, stack.info, { ours: !stack.alreadyRunning })
    if (!stack.alreadyRunning) await stopped
  }
} catch (error) {
  failure = error instanceof StepFailed ? error : new StepFailed('demo', error)
} finally {
  if (stack && !stack.alreadyRunning) {
    print(styleText('dim', '\n  Stopping everything …'))
    await stack.stop()
  }
}

if (failure) {
  print(styleText('red', `\n  ✗ The demo failed at: ${failure.step}`))
  print(`    ${failure.reason}`)
  print(`    Logs: .local/${options.name}/logs/`)
}
if (options.json) {
  process.stdout.write(`${JSON.stringify({ ok: failure === null, steps: recorder.steps, figures })}\n`)
}
process.exit(failure === null ? 0 : 1)
