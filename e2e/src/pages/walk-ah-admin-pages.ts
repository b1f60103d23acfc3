import { persona } from '@sandbox/stack/personas'
import type { Page } from 'playwright-core'
import { boughtAsGuest, boughtBundle, newPerson } from '../buyers.ts'
import { linkOverHttp } from '../link-over-http.ts'
import { createLinkState } from '../link-state.ts'
import { signInQuietly } from '../quiet-sign-in.ts'
import type { Scenario } from '../scenario.ts'
import { waitUntil } from '../wait-until.ts'
import type { Look } from './look.ts'

/**
 * Leads somebody from support through every admin page of AI Hero: with a buyer who is linked, one who is not, and an
 * event that nobody signed, so that each page has something to show; and in its empty state.
 */
export async function walkAhAdminPages(page: Page, scenario: Scenario, showTo: Look): Promise<void> {
  const look = (name: string): Promise<void> => showTo(name, page)
  const admin = `${scenario.info.ah.url}/admin`
  const show = async (name: string, path: string): Promise<void> => {
    await page.goto(`${admin}${path}`)
    await look(name)
  }
  const search = async (button: string, text: string): Promise<void> => {
    await page.getByLabel('Email or id').fill(text)
    await page.getByRole('button', { name: button }).click()
    await page.waitForURL(/[?&]q=/)
  }

  const [tt, ah] = await Promise.all([newPerson(scenario, 'tt'), newPerson(scenario, 'ah')])
  const linked = await boughtBundle(scenario, tt.session)
  await linkOverHttp(scenario, tt, ah)
  await createLinkState(scenario.databases).waitForLink(tt.userId, ah.userId)
  const guest = await boughtAsGuest(scenario, scenario.newEmail())
  await sendUnsignedEvent(scenario)
  await waitUntil('the alert about the unsigned event', async () => {
    const rows = await scenario.databases.ah<{ id: string }>(
      "SELECT id FROM AI_AuditEvent WHERE action = 'alert.event-rejected' LIMIT 1",
    )
    return rows.length > 0
  })
  const [active] = await scenario.grantsOf(linked.purchaseId)
  const [waiting] = await scenario.grantsOf(guest.purchaseId)

  await signInQuietly(page.context(), scenario, 'ah', persona.sam.ah.email)
  await show('ah-admin-grants', '/grants')
  await search('Show grants', tt.email)
  await look('ah-admin-grants-found')
  await search('Show grants', 'no-such-purchase')
  await look('ah-admin-grants-nothing')

  await show('ah-admin-grant-waiting', `/grants/${waiting?.id}`)
  await show('ah-admin-grant', `/grants/${active?.id}`)
  await page.locator('[data-action="answer-again"] summary').click()
  await look('ah-admin-grant-asking')
  await page.getByLabel('Reason').fill('The buyer wrote that Total TypeScript still shows “waiting”')
  await page.getByRole('button', { name: 'Answer again' }).click()
  await page.waitForURL(/outcome=answered-now/)
  await look('ah-admin-grant-answered')

  await show('ah-admin-people', '/people')
  await search('Find people', ah.email)
  await look('ah-admin-people-found')
  await search('Find people', 'nobody@example.com')
  await look('ah-admin-people-nobody')
  await show('ah-admin-person-elsewhere', `/people/${guest.userId}`)
  await show('ah-admin-person', `/people/${ah.userId}`)
  await page.locator('[data-action="unlink"] summary').click()
  await look('ah-admin-person-asking')

  await show('ah-admin-alerts', '/alerts')
  await show('ah-admin-alerts-nothing', '/alerts?kind=no-such-kind')
  await show('ah-admin-not-found', '/grants/no-such-grant')
}

/** What somebody who has an event key, and no secret, can send. */
async function sendUnsignedEvent({ info }: Scenario): Promise<void> {
  const response = await fetch(`${info.ah.inngestUrl}/e/${info.ah.eventKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bundle/purchased', data: { v: 1, purchaseId: 'made-up' } }),
  })
  if (!response.ok) throw new Error(`AI Hero's Inngest answered ${response.status} to an event.`)
}
