import type { Scope } from '../scope.ts'
import { html, type Markup } from '../ui/html.ts'
import { renderPage } from '../ui/layout.ts'
import type { PageAnswer, PageRequest } from '../ui/page.ts'

export type Tab = 'payments' | 'checkouts' | 'events' | 'webhooks'

const TABS: { tab: Tab; path: string; text: string }[] = [
  { tab: 'payments', path: '', text: 'Payments' },
  { tab: 'checkouts', path: '/checkouts', text: 'Checkouts' },
  { tab: 'events', path: '/events', text: 'Events' },
  { tab: 'webhooks', path: '/webhooks', text: 'Webhooks' },
]

/** What an action may say on the page it returns to: only these words, never text from the address. */
const NOTICES: Record<string, string> = {
  refunded: 'Refund made.',
  'refund-failed': 'The refund is now marked as failed.',
  disputed: 'Dispute opened.',
  'dispute-closed': 'Dispute closed.',
  escalated: 'The inquiry is now a chargeback.',
  settled: 'Bank debit settled.',
  resent: 'Sent again: see the newest delivery.',
  expired: 'Checkout expired.',
}

export interface Frame {
  title: string
  tab: Tab
  body: Markup
  request: PageRequest
  /** Why the last action was refused. */
  error?: string | undefined
}

/** A page of an account's dashboard: its bar, its tabs, its message. */
export function renderDashboard(scope: Scope, { title, tab, body, request, error }: Frame): PageAnswer {
  const { account } = scope
  const notice = NOTICES[request.url.searchParams.get('notice') ?? '']
  return renderPage({
    title: `${title} · ${account.name}`,
    kind: 'dashboard',
    status: error === undefined ? 200 : 400,
    body: html`<header class="bar"><div class="bar-inner">
<div class="bar-title"><strong>${account.name}</strong><a href="/">All accounts</a></div>
<nav class="tabs" aria-label="Dashboard">${TABS.map(
      ({ tab: name, path, text }) =>
        html`<a href="/dashboard/${account.key}${path}" ${name === tab && html`aria-current="page"`}>${text}</a>`,
    )}</nav>
</div></header>
<main>
${error !== undefined && html`<p class="alert" role="alert">${error}</p>`}
${error === undefined && notice !== undefined && html`<p class="notice" role="status">${notice}</p>`}
${body}
</main>`,
  })
}

/** A table that scrolls by itself on a narrow screen, or a word when it is empty. */
export function renderTable(input: {
  caption: string
  head: string[]
  rows: Markup[]
  empty: string
}): Markup {
  if (input.rows.length === 0) return html`<p class="empty">${input.empty}</p>`
  return html`<div class="scroll" role="region" aria-label="${input.caption}" tabindex="0"><table>
<caption class="hidden">${input.caption}</caption>
<thead><tr>${input.head.map((text) => html`<th scope="col">${text === '' ? html`<span class="hidden">Actions</span>` : text}</th>`)}</tr></thead>
<tbody>${input.rows}</tbody></table></div>`
}

/** A time in UTC, to the second. */
export function renderTime(unixSeconds: number): Markup {
  const iso = new Date(unixSeconds * 1000).toISOString()
  return html`<time class="number" datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>`
}

const TONES: Record<string, 'good' | 'bad' | 'warn'> = {
  succeeded: 'good',
  complete: 'good',
  paid: 'good',
  delivered: 'good',
  won: 'good',
  failed: 'bad',
  canceled: 'bad',
  disputed: 'bad',
  'dispute lost': 'bad',
  inquiry: 'warn',
  lost: 'bad',
  needs_response: 'bad',
  processing: 'warn',
  pending: 'warn',
  refunded: 'warn',
  'partially refunded': 'warn',
  warning_needs_response: 'warn',
}

export function renderBadge(status: string): Markup {
  return html`<span class="badge ${TONES[status] ?? ''}">${status.replaceAll('_', ' ')}</span>`
}

/** The link to the rest of a list. */
export function renderOlder(href: string | null): Markup | false {
  return href !== null && html`<p><a class="button" href="${href}">Older</a></p>`
}
