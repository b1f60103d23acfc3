import { persona } from '@sandbox/stack/personas'
import type { Page } from 'playwright-core'
import { boughtAsGuest, boughtBundle, newPerson } from '../buyers.ts'
import { linkOverHttp } from '../link-over-http.ts'
import { createLinkState } from '../link-state.ts'
import { signInQuietly } from '../quiet-sign-in.ts'
import { refuseFirstSync } from '../refused-sync.ts'
import type { Scenario } from '../scenario.ts'
import { waitUntil } from '../wait-until.ts'
import type { Look } from './look.ts'

/**
 * Leads somebody from support through every admin page of Total TypeScript: with a linked buyer one of whose courses
 * was refused and who got a part of the money back, a guest, and an event that nobody signed, so that each page has
 * something to show; and in its empty state.
 */
export async function walkTtAdminPages(page: Page, scenario: Scenario, showTo: Look): Promise<void> {
  const look = (name: string): Promise<void> => showTo(name, page)
  const admin = `${scenario.info.tt.url}/admin`
  const show = async (name: string, path: string): Promise<void> => {
    await page.goto(`${admin}${path}`)
    await look(name)
  }
  const [tt, ah] = await Promise.all([newPerson(scenario, 'tt'), newPerson(scenario, 'ah')])
  await linkOverHttp(scenario, tt, ah)
  await createLinkState(scenario.databases).waitForLink(tt.userId, ah.userId)
  const { purchaseId, checkoutSessionId } = await boughtBundle(scenario, tt.session)
  await scenario.refund(checkoutSessionId, 1_000)
  const guest = await boughtAsGuest(scenario, scenario.newEmail())
  const refused = await refuseFirstSync(scenario, purchaseId)
  await sendUnsignedEvent(scenario)
  await waitUntil('the alert about the unsigned event', async () => {
    const rows = await scenario.databases.tt<{ id: string }>(
      "SELECT id FROM AuditEvent WHERE action = 'alert.event-rejected' LIMIT 1",
    )
    return rows.length > 0
  })

  await signInQuietly(page.context(), scenario, 'tt', persona.sam.tt.email)
  await show('tt-admin-overview', '')
  await show('tt-admin-syncs', '/syncs')
  await show('tt-admin-syncs-attention', `/syncs?status=needs-attention&search=${purchaseId}`)
  await show('tt-admin-syncs-nothing', '/syncs?search=no-such-purchase&period=week')
  await show('tt-admin-purchase-guest', `/syncs/${guest.purchaseId}`)
  await show('tt-admin-purchase', `/syncs/${purchaseId}`)
  await page.locator(`[data-sync="${refused.id}"] details summary`).first().click()
  await page.locator(`[data-sync="${refused.id}"]`).getByRole('link', { name: /^Hold/ }).click()
  await page.locator('[data-confirm="hold"]').waitFor()
  await look('tt-admin-purchase-asking')
  await show(
    'tt-admin-purchase-reason',
    `/syncs/${purchaseId}?confirm=retry&sync=${refused.id}&problem=reason`,
  )
  await page.getByLabel('Reason').fill('The course was added to the catalogue')
  await page.getByRole('button', { name: 'Send again' }).click()
  await page.waitForURL(/done=retry/)
  await look('tt-admin-purchase-sent')

  await show('tt-admin-people', '/people')
  await show('tt-admin-people-found', `/people?q=${encodeURIComponent(tt.email)}`)
  await show('tt-admin-people-nobody', '/people?q=nobody-at-all')
  await show('tt-admin-person-guest', `/people/${guest.userId}`)
  await show('tt-admin-person', `/people/${tt.userId}`)
  await show('tt-admin-alerts', '/alerts')
  await show('tt-admin-alerts-older', '/alerts?show=all&older=2020-01-01T00:00:00.000Z~none')
  await show('tt-admin-not-found', '/syncs/no-such-purchase')
}

/** What somebody who has an event key, and no secret, can send. */
async function sendUnsignedEvent({ info }: Scenario): Promise<void> {
  const response = await fetch(`${info.tt.inngestUrl}/e/${info.tt.eventKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'entitlement/granted', data: { v: 1, syncId: 'made-up' } }),
  })
  if (!response.ok) throw new Error(`Total TypeScript's Inngest answered ${response.status} to an event.`)
}
