import { html, type Markup } from './html.ts'
import type { PageView } from './view.ts'

/** Who there is to sign in as, and what each is good for. */
export function personasSection({ personas, signIn }: Pick<PageView, 'personas' | 'signIn'>): Markup {
  return html`<ul class="personas">${personas.map(
    ({ name, about, login, email }) => html`<li><strong>${name}</strong> ${about}.
<span class="soft">GitHub <code>${login}</code>, mail <code>${email}</code></span></li>`,
  )}</ul>
<p>Sign in on <a href="${signIn.tt}">Total TypeScript</a> or <a href="${signIn.ah}">AI Hero</a>: “Continue with GitHub”, then
choose the person.</p>`
}
