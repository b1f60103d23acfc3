import { createScenario } from '@cross-app/e2e'
import { boughtBundle, newPerson } from '@cross-app/e2e/buyers'
import { startLink, waitForReview } from '@cross-app/e2e/link-steps'
import { openBrowser } from '@cross-app/e2e/open-browser'
import { signInQuietly } from '@cross-app/e2e/quiet-sign-in'
import { startStack } from '@sandbox/stack'
import { summarise } from './figures.ts'

const PORT_BASE = 14_000
/** The first one finds cold servers: nobody's figure. */
const WARM_UPS = 1

/**
 * How long it takes in a real browser from pressing "Link accounts" until a lesson that was bought before can be read on
 * AI Hero: production builds, embedded Inngest, two sites, a new person with an empty cache each time. The press, the
 * page that says what has opened, its link to the first lesson, the lesson's text.
 */
export async function linkToLesson(options: {
  purchases: number
  onProgress: (line: string) => void
}): Promise<Record<string, number>> {
  const stack = await startStack({
    name: 'bench',
    portBase: PORT_BASE,
    apps: 'start',
    // What is measured is the apps, not the proxies that make them fail.
    roads: false,
    home: false,
    hosts: { tt: 'tt.test', ah: 'ah.test' },
    onProgress: (progress) => {
      if (progress.type === 'ready') options.onProgress(`${progress.step} ready in ${progress.ms} ms`)
    },
  })
  const scenario = createScenario(stack.info)
  const browser = await openBrowser()
  const done: number[] = []
  const lesson: number[] = []
  try {
    for (let run = 0; run < options.purchases + WARM_UPS; run += 1) {
      const [onTt, onAh] = await Promise.all([newPerson(scenario, 'tt'), newPerson(scenario, 'ah')])
      await boughtBundle(scenario, onTt.session)
      const context = await browser.newContext({ locale: 'en-US' })
      await Promise.all([
        signInQuietly(context, scenario, 'tt', onTt.email),
        signInQuietly(context, scenario, 'ah', onAh.email),
      ])
      const page = await context.newPage()
      await startLink(page, scenario)
      await waitForReview(page)
      const button = page.getByRole('button', { name: 'Link accounts' })
      await button.hover()

      const pressedAt = performance.now()
      await button.click({ noWaitAfter: true })
      const way = page.locator('main a[href*="/courses/"]').first()
      await way.waitFor()
      const doneAt = performance.now()
      await way.click({ noWaitAfter: true })
      await page.locator('[data-access="open"]').waitFor()
      const openAt = performance.now()
      await context.close()

      if (run < WARM_UPS) continue
      done.push(Math.round(doneAt - pressedAt))
      lesson.push(Math.round(openAt - pressedAt))
      if (lesson.length % 5 === 0) options.onProgress(`${lesson.length} of ${options.purchases} links`)
    }
    return { links: lesson.length, ...summarise('linkToDone', done), ...summarise('linkToLesson', lesson) }
  } finally {
    await browser.close()
    await scenario.close()
    await stack.stop()
  }
}
