import { bundle } from '../catalogue.ts'
import { personas } from '../personas.ts'
import type { PartName } from '../ports/ports-of.ts'
import { ROAD_NAMES } from '../roads/road-names.ts'
import type { HealthWatch } from './health/watch-health.ts'
import type { HomePart, HomeStack } from './home-stack.ts'
import { logTail } from './log-tail.ts'
import type { Notice } from './notices.ts'
import type { PageLink, PageView } from './page/view.ts'
import { PART_ORDER, PART_WORDS } from './part-words.ts'
import { buildSequence } from './sequence/build-sequence.ts'
import type { Sequence } from './sequence/sequence.ts'
import type { TimelineRow } from './sequence/timeline-row.ts'
import type { KnownTimeline, Timelines } from './timelines/watch-timelines.ts'

/** How many purchases are listed. */
const LISTED = 6
/** A page is answered within this, whether or not everything has told by then. */
const PATIENCE_MS = 300
/** Worth pausing from the panel: everything else of a sync waits for these. */
const PAUSABLE: readonly PartName[] = ['inngest-ah', 'inngest-tt', 'ah']

export interface ViewSources {
  stack: HomeStack
  health: HealthWatch
  timelines: Timelines
}

/**
 * Gathers what one page shows. Waits a moment for the parts' answers; what does not answer in time is shown as it was
 * last known.
 *
 * @param asked the purchase the address names; undefined: the newest
 */
export async function collectView(
  { stack, health, timelines }: ViewSources,
  { asked, notice }: { asked: string | undefined; notice?: Notice | undefined },
): Promise<PageView> {
  const [lights, told] = await Promise.all([
    health.read(PATIENCE_MS),
    stack.apps === 'none'
      ? undefined
      : asked === undefined
        ? timelines.read(PATIENCE_MS)
        : timelines.readPurchase(asked, PATIENCE_MS),
  ])
  const now = Date.now()
  const purchases = told === undefined ? [] : latestPurchases(told, asked, now)
  for (const { purchaseId, complete } of purchases) {
    // Its beginning lies before what the apps have told so far: it is there at the next look.
    if (!complete) void timelines.readPurchase(purchaseId, 0)
  }
  const secrets = stack.secrets()
  const parts = [...stack.parts()].sort((a, b) => PART_ORDER.indexOf(a.name) - PART_ORDER.indexOf(b.name))
  return {
    stackName: stack.name,
    parts: parts.map((part) => ({
      part,
      health: lights.get(part.name) ?? { light: 'starting', says: '' },
      log: logTail(part.logFile, secrets),
    })),
    links: linksOf(stack, parts),
    personas: personas.map(({ name, about, github, tt }) => ({
      name,
      about,
      login: github.login,
      email: tt.email,
    })),
    signIn: { tt: `${stack.browserUrls.tt}/sign-in`, ah: `${stack.browserUrls.ah}/sign-in` },
    buyUrl: buyUrl(stack),
    supportUrl: `${stack.browserUrls.tt}/admin/syncs/`,
    purchases: purchases.slice(0, LISTED),
    shown: asked === undefined ? purchases[0] : purchases.find(({ purchaseId }) => purchaseId === asked),
    asked,
    silence: {
      tt: told === undefined ? 'is not run by this stack' : silenceOf(told.tt),
      ah: told === undefined ? 'is not run by this stack' : silenceOf(told.ah),
    },
    roads: roadsOf(stack),
    pausable: parts
      .filter(
        ({ name, state, controllable }) =>
          PAUSABLE.includes(name) && controllable && (state === 'running' || state === 'paused'),
      )
      .map(({ name, state }) => ({ name, label: PART_WORDS[name].name, paused: state === 'paused' })),
    notice,
    now,
  }
}

/** The newest purchases that either app tells of, newest first, and the one that is asked for, wherever it stands. */
function latestPurchases(
  told: Record<'tt' | 'ah', KnownTimeline>,
  asked: string | undefined,
  now: number,
): Sequence[] {
  const rowsOf = { tt: byPurchase(told.tt), ah: byPurchase(told.ah) }
  const firstAt = new Map<string, string>()
  for (const { purchaseId, at } of [...rowsOf.tt.values(), ...rowsOf.ah.values()].flat()) {
    const known = firstAt.get(purchaseId ?? '')
    if (known === undefined || at < known) firstAt.set(purchaseId ?? '', at)
  }
  const newestFirst = [...firstAt]
    .sort(([, a], [, b]) => b.localeCompare(a))
    .map(([purchaseId]) => purchaseId)
  const wanted = newestFirst.filter((purchaseId, index) => index < LISTED || purchaseId === asked)
  const appRows = (app: 'tt' | 'ah', purchaseId: string) => {
    const { known } = told[app]
    return known && { rows: rowsOf[app].get(purchaseId) ?? [], clockAheadMs: known.clockAheadMs }
  }
  return wanted
    .map((purchaseId) =>
      buildSequence({ purchaseId, tt: appRows('tt', purchaseId), ah: appRows('ah', purchaseId), now }),
    )
    .filter((sequence) => sequence !== undefined)
}

function byPurchase({ known }: KnownTimeline): Map<string, TimelineRow[]> {
  const groups = new Map<string, TimelineRow[]>()
  for (const row of known?.rows ?? []) {
    if (row.purchaseId === null) continue
    const group = groups.get(row.purchaseId)
    if (group === undefined) groups.set(row.purchaseId, [row])
    else group.push(row)
  }
  return groups
}

function silenceOf({ answers, problem }: KnownTimeline): string {
  return answers ? '' : problem
}

function roadsOf({ roads }: HomeStack): PageView['roads'] {
  if (roads === undefined) return undefined
  return ROAD_NAMES.flatMap((road) => {
    const proxy = roads.proxies[road]
    return proxy === undefined ? [] : [{ road, faults: proxy.faults() }]
  })
}

function buyUrl({ browserUrls }: HomeStack): string {
  return `${browserUrls.tt}/products/${bundle.slug}`
}

function linksOf(stack: HomeStack, parts: readonly HomePart[]): PageLink[] {
  const { tt, ah } = stack.browserUrls
  const links: PageLink[] = [
    { label: 'Buy the bundle', href: buyUrl(stack), about: 'with 4242 4242 4242 4242' },
    { label: 'Total TypeScript', href: tt, about: 'sells it' },
    { label: 'AI Hero', href: ah, about: 'opens its courses' },
    { label: 'Admin of Total TypeScript', href: `${tt}/admin/syncs`, about: 'syncs; sign in as Sam' },
    { label: 'Admin of AI Hero', href: `${ah}/admin`, about: 'grants; sign in as Sam' },
  ]
  const urlOf = (name: PartName) => parts.find((part) => part.name === name)?.url
  const add = (name: PartName, path: string, label: string, about: string) => {
    const url = urlOf(name)
    if (url?.startsWith('http')) links.push({ label, href: `${url}${path}`, about })
  }
  add('inbox', '/inbox', 'Inbox', 'every mail')
  add('stripe', '/dashboard/tt', 'Stripe of Total TypeScript', 'payments, refunds, webhooks')
  add('stripe', '/dashboard/ah', 'Stripe of AI Hero', 'payments, refunds, webhooks')
  add('stripe-listen-tt', '', 'Stripe of Total TypeScript', 'the real dashboard, test mode')
  add('stripe-listen-ah', '', 'Stripe of AI Hero', 'the real dashboard, test mode')
  add('inngest-tt', '/', 'Inngest of Total TypeScript', 'runs and events')
  add('inngest-ah', '/', 'Inngest of AI Hero', 'runs and events')
  return links
}
