import { html, type Markup } from './html.ts'
import type { PageView } from './view.ts'

/** The places a person wants to go to. */
export function linksSection({ links }: Pick<PageView, 'links'>): Markup {
  return html`<ul class="links">${links.map(
    ({ label, href, about }) =>
      html`<li><a href="${href}">${label}</a> <span class="soft">${about}</span></li>`,
  )}</ul>`
}
