import type { Sequence, SequenceState } from '../sequence/sequence.ts'
import { span } from '../span.ts'
import { html, type Markup } from './html.ts'
import { sequenceDiagram, sequenceList } from './sequence-diagram.ts'
import type { PageView } from './view.ts'

const STATE_WORDS: Record<SequenceState, string> = {
  settled: 'settled',
  waiting: 'waiting',
  attention: 'needs a person',
  'nothing-to-sync': 'nothing to sync',
}

/** The latest purchases, newest first, each leading to its diagram. */
export function purchaseList({ purchases, shown, asked, now }: PageView): Markup {
  if (purchases.length === 0) return html``
  return html`<ul class="purchases">${purchases.map((sequence) => {
    const current = sequence.purchaseId === shown?.purchaseId
    return html`<li><a href="/?purchase=${encodeURIComponent(sequence.purchaseId)}#purchases"${
      current ? html` aria-current="true"` : ''
    }><span class="what">${sequence.what}</span>
<span class="soft">${sequence.buyer}${sequence.buyer === '' ? '' : ', '}${ago(now - sequence.startedAt)}</span>
<span class="pill ${sequence.state}">${STATE_WORDS[sequence.state]}</span></a></li>`
  })}</ul>${asked === undefined ? '' : html`<p><a href="/#purchases">Always show the newest</a></p>`}`
}

function ago(milliseconds: number): string {
  return milliseconds < 60_000 ? 'just now' : `${span(milliseconds)} ago`
}

/** The diagram of one purchase, or what to do to get one. */
export function purchaseDiagram(view: PageView): Markup {
  const { shown, silence, asked } = view
  if (shown === undefined) return asked === undefined ? nothingYet(view) : unknownPurchase(silence)
  return html`<div class="outcome ${shown.state}"><h3>${shown.what}</h3>
<p><span role="status" class="pill ${shown.state}">${STATE_WORDS[shown.state]}</span> ${shown.says}</p>
<p class="soft">${buyerLine(shown, view.supportUrl)}${silenceWords(silence)}${correction(shown)}</p></div>
${sequenceDiagram(shown, silence)}
<details class="as-list" id="as-list"><summary>The ${shown.steps.length} steps as a list</summary>${sequenceList(shown)}</details>`
}

function buyerLine({ buyer, purchaseId }: Sequence, supportUrl: string): Markup {
  const link = html`<a href="${supportUrl}${encodeURIComponent(purchaseId)}">support’s page</a>`
  return html`${buyer === '' ? '' : `Bought by ${buyer}. `}Purchase <code>${purchaseId}</code>, ${link}. `
}

function correction({ correctedMs }: Sequence): string {
  if (correctedMs === 0) return ''
  const side = correctedMs > 0 ? 'behind' : 'ahead'
  return ` AI Hero’s clock is ${span(Math.abs(correctedMs))} ${side}: its times are moved by that.`
}

function silenceWords({ tt, ah }: PageView['silence']): string {
  const words: string[] = []
  if (tt !== '') words.push(`Total TypeScript ${tt}.`)
  if (ah !== '') words.push(`AI Hero ${ah}.`)
  return words.length === 0 ? '' : `${words.join(' ')} The diagram shows what is known.`
}

function unknownPurchase(silence: PageView['silence']): Markup {
  return html`<div class="empty"><h3>Nothing is known of this purchase</h3>
<p>${silenceWords(silence)} <a href="/#purchases">Show the newest</a> instead.</p></div>`
}

function nothingYet({ buyUrl, silence, personas }: PageView): Markup {
  if (silence.tt !== '') {
    return html`<div class="empty"><h3>Total TypeScript ${silence.tt}</h3>
<p>Its purchases appear here as soon as it answers. Its log is <a href="#parts">below</a>.</p></div>`
  }
  const [first] = personas
  return html`<div class="empty"><h3>Nobody has bought anything yet</h3>
<ol><li>Sign in as ${first?.name ?? 'somebody'} on <a href="${buyUrl}">the bundle’s page</a>, and press “Buy”.</li>
<li>Pay with card <code>4242 4242 4242 4242</code>, any future date, any CVC.</li>
<li>Come back: every step between Stripe, Total TypeScript and AI Hero appears here while it happens.</li></ol>
<p><a class="button" href="${buyUrl}">Buy the bundle</a></p></div>`
}
