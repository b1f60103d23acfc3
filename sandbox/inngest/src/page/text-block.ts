import { type Html, html } from './html.ts'

/** A piece of text as it is. Long lines scroll, so it can be reached by keyboard, and has a name for those who hear it. */
export function textBlock(name: string, text: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${name}">${text}</pre>`
}
