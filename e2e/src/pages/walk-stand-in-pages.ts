import type { Page } from 'playwright-core'
import { boughtBundle, newPerson } from '../buyers.ts'
import type { Scenario } from '../scenario.ts'
import type { Look } from './look.ts'

/** Opens the newest entry of one of the Inngest page's lists: of a function's runs, or of an event. */
async function openNewest(page: Page, listUrl: string, name: string, kind: 'runs' | 'events'): Promise<void> {
  await page.goto(listUrl)
  const rows = page.getByRole('row').filter({ hasText: name })
  await rows.locator(`a[href^="/${kind}/"]`).first().click()
  await page.waitForURL(new RegExp(`/${kind}/`))
}

/** The stack's home page, with a purchase that has come back from AI Hero, and with one part's details open. */
async function walkHomePage(page: Page, scenario: Scenario, look: Look): Promise<void> {
  const { home } = scenario.info
  if (home === undefined) throw new Error('This stack has no home page.')
  await page.goto(home.url)
  await page.locator('#live-diagram .steps li').nth(8).waitFor({ state: 'attached' })
  await look('home', page)
  await page.locator('#part-stripe details summary').click()
  await look('home-part', page)
}

/**
 * Opens the stack's home page and every page of the stand-ins for Inngest, Discord and GitHub; those of Stripe's are on
 * the way of a purchase.
 */
export async function walkStandInPages(page: Page, scenario: Scenario, look: Look): Promise<void> {
  const { tt, ah, discord, github } = scenario.info
  // Something has to have run.
  const buyer = await newPerson(scenario, 'tt')
  await boughtBundle(scenario, buyer.session)

  await walkHomePage(page, scenario, look)
  await page.goto(ah.inngestUrl)
  await look('inngest', page)
  await openNewest(page, ah.inngestUrl, 'handle-bundle-purchase', 'runs')
  await look('inngest-run', page)
  await openNewest(page, ah.inngestUrl, 'bundle/purchased', 'events')
  await look('inngest-event', page)
  await page.goto(`${ah.inngestUrl}/send`)
  await look('inngest-send', page)
  await page.goto(`${ah.inngestUrl}/runs/01ARZ3NDEKTSV4RRFFQ69G5FAV`)
  await look('inngest-not-found', page)

  await page.goto(discord.url)
  await look('discord', page)
  for (const [name, origin, button] of [
    ['discord', discord.url, /Continue with Discord/],
    ['github', github.url, /Continue with GitHub/],
  ] as const) {
    await page.goto(`${tt.url}/sign-in`)
    await page.getByRole('button', { name: button }).click()
    await page.waitForURL((url) => url.href.startsWith(origin))
    await look(`${name}-authorize`, page)
  }
}
