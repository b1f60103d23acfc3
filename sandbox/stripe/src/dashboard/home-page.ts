import type { Account } from '../accounts.ts'
import { masked } from '../api/authenticate.ts'
import { html } from '../ui/html.ts'
import { renderPage } from '../ui/layout.ts'
import type { PageAnswer } from '../ui/page.ts'
import { API_VERSION } from '../version.ts'

/** `/`: the accounts of this sandbox. */
export function renderHome(accounts: Account[]): PageAnswer {
  return renderPage({
    title: 'Accounts',
    kind: 'dashboard',
    body: html`<main>
<h1>Stripe sandbox</h1>
<p class="muted">A local stand-in for Stripe’s test mode, API version ${API_VERSION}. Each account has its own data.</p>
<div class="accounts">${accounts.map(
      (account) => html`<section class="panel">
<p><a href="/dashboard/${account.key}">${account.name}</a></p>
<dl class="facts">
<dt>Secret key</dt><dd class="mono">${masked(account.secretKey)}</dd>
<dt>Webhooks</dt><dd>${account.webhooks.length === 0 ? 'none' : account.webhooks.map(({ url }) => html`<div class="mono">${url}</div>`)}</dd>
</dl></section>`,
    )}</div>
</main>`,
  })
}
