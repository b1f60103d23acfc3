import { styleText } from 'node:util'
import type { Browser } from 'playwright-core'
import {
  openCheckout,
  openLesson,
  payByCard,
  refundOnDashboard,
  signInByEmail,
  waitForLessonClosed,
  waitForThankYou,
} from '../browser-steps.ts'
import type { Scenario } from '../scenario.ts'
import { waitUntil } from '../wait-until.ts'
import type { StepRecorder } from './steps.ts'

export type DemoFigures = { webhookToAccessMs: number; webhookToSyncedMs: number }

/** AI Hero courses in the bundle. */
const COURSES = 2

/** The three buyers of the demo: one bought and refunded, one not linked, one whose bundle stays. */
export async function runWalk({
  browser,
  scenario,
  recorder,
  print,
}: {
  browser: Browser
  scenario: Scenario
  recorder: StepRecorder
  print: (line?: string) => void
}): Promise<DemoFigures> {
  const { step } = recorder
  const newPage = async () => (await browser.newContext({ locale: 'en-US' })).newPage()
  const heading = (text: string): void => print(styleText('bold', `\n  ${text}`))

  heading('A buyer whose accounts are linked')
  const [first, third] = await step('make two new people with linked accounts', async () => {
    const [one, two] = await scenario.newLinkedBuyers(2)
    if (!one || !two) throw new Error('The seed made too few buyers.')
    return [one, two] as const
  })
  const page = await newPage()
  await step('sign in on Total TypeScript by email link', () =>
    signInByEmail(page, scenario, 'tt', first.ttEmail),
  )
  const checkoutSessionId = await step('buy the bundle: open Stripe Checkout', () =>
    openCheckout(page, scenario),
  )
  await step('pay with 4242 4242 4242 4242', async () => {
    await payByCard(page)
    await page.waitForURL(/\/thanks/)
  })
  await step('the thank-you page says Ready, by itself', () => waitForThankYou(page, /^Ready/, COURSES))
  const figures = await measure(scenario, checkoutSessionId)
  print(
    styleText(
      'dim',
      `    webhook received → course open on AI Hero ${figures.webhookToAccessMs} ms, → confirmed ${figures.webhookToSyncedMs} ms`,
    ),
  )
  await step('sign in on AI Hero', () => signInByEmail(page, scenario, 'ah', first.ahEmail))
  await step('open a lesson on AI Hero', async () => {
    if (!(await openLesson(page, scenario))) throw new Error('The lesson is locked.')
  })

  heading('The same buyer, refunded')
  await step("refund in full on Stripe's dashboard", () => refundOnDashboard(page, scenario, first.ttEmail))
  await step('the lesson on AI Hero is closed', () => waitForLessonClosed(page, scenario))
  await step('Total TypeScript shows both syncs revoked', async () => {
    const purchase = await scenario.waitForPurchase(checkoutSessionId)
    await scenario.waitForSyncs(purchase.id, 'revoked')
  })

  heading('A buyer without a link')
  const stranger = await newPage()
  const strangerEmail = scenario.newEmail()
  await step('sign in with a new address and buy', async () => {
    await signInByEmail(stranger, scenario, 'tt', strangerEmail)
    await openCheckout(stranger, scenario)
    await payByCard(stranger)
  })
  await step('the thank-you page says what they have to do', () =>
    waitForThankYou(stranger, /^Waiting for you/, COURSES),
  )

  heading('A third buyer, whose bundle stays for you to look at')
  const keeper = await newPage()
  await step('buy with linked accounts', async () => {
    await signInByEmail(keeper, scenario, 'tt', third.ttEmail)
    await openCheckout(keeper, scenario)
    await payByCard(keeper)
    await waitForThankYou(keeper, /^Ready/, COURSES)
  })
  await step('the lesson is open', async () => {
    await signInByEmail(keeper, scenario, 'ah', third.ahEmail)
    if (!(await openLesson(keeper, scenario))) throw new Error('The lesson is locked.')
  })
  print(
    styleText(
      'dim',
      `    sign in as ${third.ttEmail} by email link on either app; the mail is in the inbox below`,
    ),
  )
  return figures
}

/** From the rows both apps wrote: Stripe's webhook in TT's inbox, AH's claim, TT's confirmation. */
async function measure(scenario: Scenario, checkoutSessionId: string): Promise<DemoFigures> {
  const purchase = await scenario.waitForPurchase(checkoutSessionId)
  await scenario.waitForSyncs(purchase.id, 'synced')
  return waitUntil('the times of the purchase', async () => {
    const [received] = await scenario.databases.tt<{ at: Date }>(
      "SELECT MIN(receivedAt) AS at FROM StripeEvent WHERE objectId = ? AND type LIKE 'checkout.session.%'",
      [checkoutSessionId],
    )
    const [opened] = await scenario.databases.ah<{ at: Date }>(
      'SELECT MAX(claimedAt) AS at FROM AI_CrossAppGrant WHERE sourcePurchaseId = ?',
      [purchase.id],
    )
    const [synced] = await scenario.databases.tt<{ at: Date }>(
      'SELECT MAX(syncedAt) AS at FROM CrossAppSync WHERE purchaseId = ?',
      [purchase.id],
    )
    if (!received?.at || !opened?.at || !synced?.at) return null
    const start = received.at.getTime()
    return {
      webhookToAccessMs: opened.at.getTime() - start,
      webhookToSyncedMs: synced.at.getTime() - start,
    }
  })
}
