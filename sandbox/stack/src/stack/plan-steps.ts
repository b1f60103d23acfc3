import type { AppKey } from '../app-environment.ts'
import { buildApp } from '../apps/build-app.ts'
import { registerFunctions } from '../apps/register-functions.ts'
import { hasAppScript, runAppScript } from '../apps/run-app-script.ts'
import { generatePrismaClient } from '../generate-prisma-client.ts'
import type { Guard } from '../guard/guard.ts'
import type { PartName, StackPorts } from '../ports/ports-of.ts'
import type { AppEnvironments } from './app-environments-file.ts'
import type { StackProgress } from './progress.ts'
import type { Step } from './run-steps.ts'

const APPS = ['tt', 'ah'] as const

/**
 * Everything that has to be done to bring a stack up, and what each step waits for: the parts side by side; then
 * migrations, seeds and the apps, each as soon as what it needs is there.
 */
export function planSteps({
  parts,
  prepared,
  apps,
  stackName,
  ports,
  environments,
  guard,
  logFile,
  startPart,
  onProgress,
}: {
  /** Those to be started. */
  parts: ReadonlySet<PartName>
  /** The apps whose database is to be migrated and seeded. */
  prepared: ReadonlySet<AppKey>
  apps: 'dev' | 'start' | 'none'
  stackName: string
  ports: StackPorts
  environments: AppEnvironments
  guard: Guard
  logFile: (step: string) => string
  startPart: (name: PartName) => Promise<void>
  onProgress: (progress: StackProgress) => void
}): Step[] {
  const timed = (step: string, after: readonly string[], run: () => Promise<string | undefined>): Step => ({
    name: step,
    after,
    async run() {
      onProgress({ type: 'starting', step })
      const begin = performance.now()
      const detail = await run()
      const ms = Math.round(performance.now() - begin)
      onProgress({ type: 'ready', step, ms, ...(detail === undefined ? {} : { detail }) })
    },
  })
  const script = (app: AppKey, name: string, after: readonly string[]): Step =>
    timed(`${name}-${app}`, after, async () => {
      await runAppScript({
        guard,
        app,
        script: name,
        environment: { ...environments[app], NODE_ENV: 'development' },
        logFile: logFile(`${name}-${app}`),
      })
      return undefined
    })

  const steps: Step[] = []
  for (const part of parts) {
    // A server comes up without its database, and a dev server takes a while: it need not wait for the seed.
    const after = { tt: ['generate-tt', 'build-tt'], ah: ['build-ah'] }[part as string] ?? []
    steps.push({ name: part, after, run: () => startPart(part) })
  }
  if (prepared.has('tt')) {
    steps.push(timed('generate-tt', [], async () => ((await generatePrismaClient()) ? 'made' : 'unchanged')))
  }
  for (const app of APPS) {
    if (prepared.has(app) && parts.has(`mysql-${app}`) && hasAppScript(app, 'migrate')) {
      steps.push(script(app, 'migrate', [`mysql-${app}`, 'generate-tt']))
      if (hasAppScript(app, 'seed')) steps.push(script(app, 'seed', [`migrate-${app}`, 'stripe']))
    }
    if (!parts.has(app)) continue
    if (apps === 'start') {
      steps.push(
        timed(`build-${app}`, ['generate-tt'], async () => {
          const built = await buildApp({
            guard,
            app,
            stackName,
            environment: environments[app],
            logFile: logFile(`build-${app}`),
          })
          return built ? 'built' : 'unchanged'
        }),
      )
    }
    if (parts.has(`inngest-${app}`)) {
      steps.push(
        // Crons begin to run with this: by now there must be tables.
        timed(`register-${app}`, [app, `inngest-${app}`, `migrate-${app}`, `seed-${app}`], async () => {
          await registerFunctions(app, ports)
          return undefined
        }),
      )
    }
  }
  return steps
}
