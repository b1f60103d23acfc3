import type { StackProgress } from '../stack/progress.ts'
import { duration, styled } from './style.ts'

/** What each step does, for people. */
const TITLES: Record<string, string> = {
  mysql: 'databases',
  inngest: 'Inngest',
  'mysql-tt': 'database of Total TypeScript',
  'mysql-ah': 'database of AI Hero',
  'inngest-tt': 'Inngest of Total TypeScript',
  'inngest-ah': 'Inngest of AI Hero',
  stripe: 'Stripe',
  github: 'GitHub sign-in',
  inbox: 'mail inbox',
  discord: 'Discord sign-in',
  'stripe-listen-tt': 'Stripe CLI of Total TypeScript',
  'stripe-listen-ah': 'Stripe CLI of AI Hero',
  tt: 'Total TypeScript',
  ah: 'AI Hero',
  'generate-tt': 'Prisma client',
  'migrate-tt': 'tables of Total TypeScript',
  'migrate-ah': 'tables of AI Hero',
  'seed-tt': 'data of Total TypeScript',
  'seed-ah': 'data of AI Hero',
  'build-tt': 'production build of Total TypeScript',
  'build-ah': 'production build of AI Hero',
  'register-tt': 'functions of Total TypeScript',
  'register-ah': 'functions of AI Hero',
}

export interface ProgressPrinter {
  (progress: StackProgress): void
  /** Takes the changing line away; for when nothing more will be printed. */
  end(): void
}

/**
 * Prints progress: a line for each step that is ready, and on a terminal one changing line with those under way.
 *
 * @param stream standard error unless told, so that standard output stays free for results
 */
export function createProgressPrinter(stream: NodeJS.WriteStream = process.stderr): ProgressPrinter {
  const underWay = new Map<string, string>()
  let lineShown = false
  const clear = () => {
    if (lineShown) stream.write('\r\u001b[2K')
    lineShown = false
  }
  const draw = () => {
    if (!stream.isTTY || underWay.size === 0) return
    const names = [...underWay].map(([step, detail]) => (detail === '' ? (TITLES[step] ?? step) : detail))
    const text = `  … ${names.join(', ')}`
    stream.write(styled('dim', text.slice(0, Math.max(20, stream.columns - 1)), stream))
    lineShown = true
  }
  const line = (text: string) => {
    clear()
    stream.write(`${text}\n`)
  }
  const print = (progress: StackProgress) => {
    const title = TITLES[progress.step] ?? progress.step
    if (progress.type === 'starting') underWay.set(progress.step, '')
    if (progress.type === 'working') {
      if (stream.isTTY) underWay.set(progress.step, progress.detail)
      else line(`  … ${progress.detail}`)
    }
    if (progress.type === 'ready') {
      underWay.delete(progress.step)
      // What is fetched for both is told under the name without an app.
      underWay.delete(progress.step.replace(/-(tt|ah)$/, ''))
      const what = progress.detail ?? [progress.kind, progress.version].filter(Boolean).join(' ')
      const figures = styled('dim', `${duration(progress.ms).padStart(7)}  ${what}`, stream)
      line(`  ${styled('green', '✓', stream)} ${title.padEnd(38)} ${figures}`.trimEnd())
    }
    if (progress.type === 'failed') {
      underWay.delete(progress.step)
      line(`  ${styled('red', '✗', stream)} ${title}`)
    }
    if (progress.type === 'ended') line(styled('red', `  ✗ ${progress.message}`, stream))
    clear()
    draw()
  }
  return Object.assign(print, {
    end() {
      underWay.clear()
      clear()
    },
  })
}
