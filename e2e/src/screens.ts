/**
 * `node e2e/src/screens.ts [--name dev] [--out docs/screens] [--all]`: photographs a running stack while Ada buys the
 * bundle and is refunded. Without `--all` only what the README shows; with it every page, light and dark, wide and narrow.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readStackInfo } from '@sandbox/stack'
import { persona } from '@sandbox/stack/personas'
import type { BrowserContext, Page } from 'playwright-core'
import {
  openCheckout,
  openCourse,
  openLesson,
  payByCard,
  refundOnDashboard,
  signInByEmail,
  signInWithGithub,
  waitForThankYou,
} from './browser-steps.ts'
import { openBrowser } from './open-browser.ts'
import { createScenario, type Scenario } from './scenario.ts'
import { walkLinkPages } from './walk-link-pages.ts'

const SIZES = {
  wide: { width: 1280, height: 800 },
  tall: { width: 1280, height: 1640 },
  narrow: { width: 390, height: 844 },
} as const
type Scheme = 'light' | 'dark'
type Size = keyof typeof SIZES
type Variant = { scheme: Scheme; size: Size }

const EVERY_VARIANT: Variant[] = (['light', 'dark'] as const).flatMap((scheme) =>
  (['wide', 'narrow'] as const).map((size) => ({ scheme, size })),
)
/** Next's own badge, and a text cursor that blinks, are no part of a page. */
const HIDE = 'nextjs-portal { display: none } * { caret-color: transparent !important }'

const { values: options } = parseArgs({
  options: {
    name: { type: 'string', default: 'dev' },
    out: { type: 'string', default: 'docs/screens' },
    all: { type: 'boolean', default: false },
  },
})

/**
 * Takes one page's pictures and says when one is wider than its window. `shown` are the variants that the README uses,
 * as `<name>.png` and `<name>-narrow.png`; with `--all` every variant, in full length.
 */
async function photograph(page: Page, name: string, shown: Variant[] = []): Promise<void> {
  // A dev server shows nothing until its styles are there.
  await page.locator('h1, h2').first().waitFor()
  for (const { scheme, size } of options.all ? EVERY_VARIANT : shown) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.setViewportSize(SIZES[size])
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    const suffix = options.all ? `-${scheme}-${size}` : size === 'narrow' ? '-narrow' : ''
    const file = join(options.out, `${name}${suffix}.png`)
    await page.screenshot({
      path: file,
      style: HIDE,
      animations: 'disabled',
      fullPage: options.all,
      scale: 'css',
    })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    process.stdout.write(`  ${file}${overflow > 0 ? `  (wider than the window by ${overflow} px)` : ''}\n`)
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(SIZES.wide)
}

/** Ada, unless she owns the bundle on this stack already; then someone new with linked accounts. */
async function signInBuyer(
  page: Page,
  scenario: Scenario,
): Promise<{ email: string; onAiHero(): Promise<void> }> {
  const owned = await scenario.databases.tt(
    "SELECT id FROM Purchase WHERE userId = ? AND productId = 'product-typescript-plus-ai' AND status IN ('Valid', 'Restricted')",
    [persona.ada.tt.userId],
  )
  if (owned.length === 0) {
    const { login } = persona.ada.github
    await signInWithGithub(page, scenario, 'tt', login)
    return { email: persona.ada.tt.email, onAiHero: () => signInWithGithub(page, scenario, 'ah', login) }
  }
  const buyer = await scenario.newLinkedBuyer()
  await signInByEmail(page, scenario, 'tt', buyer.ttEmail)
  return { email: buyer.ttEmail, onAiHero: () => signInByEmail(page, scenario, 'ah', buyer.ahEmail) }
}

const LIGHT: Variant = { scheme: 'light', size: 'wide' }
const DARK: Variant = { scheme: 'dark', size: 'wide' }

/** AI Hero courses in the bundle. */
const COURSES = 2

async function takeAll(
  buyerContext: BrowserContext,
  supportContext: BrowserContext,
  scenario: Scenario,
): Promise<void> {
  const { tt, ah, stripe } = scenario.info
  const page = await buyerContext.newPage()
  const support = await supportContext.newPage()

  if (options.all) {
    await page.goto(tt.url)
    await photograph(page, 'tt-home')
    await page.goto(ah.url)
    await photograph(page, 'ah-home')
    await openCourse(page, scenario)
    await photograph(page, 'ah-course-closed')
  }
  const buyer = await signInBuyer(page, scenario)
  await page.goto(`${tt.url}/products/typescript-plus-ai`)
  await photograph(page, 'tt-product', [LIGHT, { scheme: 'dark', size: 'narrow' }])
  const checkoutSessionId = await openCheckout(page, scenario)
  await photograph(page, 'stripe-checkout', [LIGHT])
  await payByCard(page)
  await waitForThankYou(page, /^Ready/, COURSES)
  await page.getByRole('heading', { name: 'On Total TypeScript' }).waitFor()
  await photograph(page, 'tt-thanks', [LIGHT])
  if (options.all) {
    await page.goto(`${tt.url}/account`)
    await photograph(page, 'tt-account')
  }

  await buyer.onAiHero()
  if (!(await openLesson(page, scenario))) throw new Error('The lesson is closed.')
  await photograph(page, 'ah-lesson', [DARK, { scheme: 'dark', size: 'narrow' }])
  await page.goto(`${ah.url}/profile`)
  await page.getByRole('heading', { name: 'My courses' }).waitFor()
  await photograph(page, 'ah-profile', [DARK])

  const purchase = await scenario.waitForPurchase(checkoutSessionId)
  await refundOnDashboard(support, scenario, buyer.email)
  await scenario.waitForSyncs(purchase.id, 'revoked')
  await support.reload()
  await photograph(support, 'stripe-payment', [LIGHT])
  if (options.all) {
    await support.goto(`${stripe.url}/dashboard/tt`)
    await photograph(support, 'stripe-payments')
    await openLesson(page, scenario)
    await photograph(page, 'ah-lesson-refunded')
  }

  await signInWithGithub(support, scenario, 'tt', persona.sam.github.login)
  if (options.all) {
    await support.goto(`${tt.url}/admin/syncs`)
    await photograph(support, 'tt-admin-syncs')
  }
  await support.goto(`${tt.url}/admin/syncs/${purchase.id}`)
  await support.setViewportSize(SIZES.tall)
  await support.getByRole('heading', { name: 'Timeline' }).evaluate((heading) => heading.scrollIntoView())
  await photograph(support, 'tt-admin-timeline', [{ scheme: 'light', size: 'tall' }])
  await support.goto(ah.inngestUrl)
  await photograph(support, 'inngest', [LIGHT])
}

/** Everything that linking shows, in the order in which one person comes through it. */
async function takeLinkPages(context: BrowserContext, scenario: Scenario): Promise<void> {
  const page = await context.newPage()
  await page.setViewportSize(SIZES.wide)
  await walkLinkPages(page, scenario, (name) => photograph(page, name))
}

const info = readStackInfo(options.name)
if (info === undefined) {
  process.stderr.write(
    `The stack "${options.name}" is not running. Start it with: npm run stack -- up --name ${options.name}\n`,
  )
  process.exit(1)
}
await mkdir(options.out, { recursive: true })
const browser = await openBrowser()
const scenario = createScenario(info)
try {
  const open = () =>
    browser.newContext({
      locale: 'en-US',
      viewport: SIZES.wide,
      deviceScaleFactor: 1,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    })
  await takeAll(await open(), await open(), scenario)
  if (options.all) await takeLinkPages(await open(), scenario)
} finally {
  await browser.close()
  await scenario.close()
}
