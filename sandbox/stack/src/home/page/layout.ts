import { activeFaults, faultForm } from './faults-section.ts'
import { html, type Markup } from './html.ts'
import { linksSection } from './links-section.ts'
import { partsSection, partsSummary } from './parts-section.ts'
import { personasSection } from './personas-section.ts'
import { purchaseDiagram, purchaseList } from './purchases-section.ts'
import type { PageView } from './view.ts'

/** The pieces that change while somebody looks, by the id of the element that holds each. */
export function livePieces(view: PageView): Record<string, Markup> {
  return {
    'live-summary': partsSummary(view),
    'live-purchases': purchaseList(view),
    'live-diagram': purchaseDiagram(view),
    'live-faults': activeFaults(view),
    'live-parts': partsSection(view),
  }
}

/** The whole page. Works without script: the script only refreshes the pieces. */
export function homePage(view: PageView): Markup {
  const pieces = livePieces(view)
  const piece = (id: string) => html`<div id="${id}">${pieces[id]}</div>`
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Local stack ${view.stackName}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"><script src="/refresh.js" defer></script></head>
<body><a class="skip" href="#main">Skip to the page</a>
<header><strong>Local stack</strong><h1>${view.stackName}</h1>${piece('live-summary')}
<span id="connection" class="soft" role="status"></span></header>
<main id="main" tabindex="-1"><div id="notice" role="status">${notice(view)}</div>
<div class="columns"><section id="purchases" aria-labelledby="purchases-title"><h2 id="purchases-title">Latest purchases</h2>
${piece('live-purchases')}${piece('live-diagram')}</section>
<div class="side"><section id="fail" aria-labelledby="fail-title"><h2 id="fail-title">Make it fail</h2>
<p class="soft">Then buy something, and watch the diagram: what is lost is sent again until both apps agree.</p>
${faultForm(view)}${piece('live-faults')}</section>
<section aria-labelledby="people-title"><h2 id="people-title">People</h2>${personasSection(view)}</section>
<section aria-labelledby="places-title"><h2 id="places-title">Places</h2>${linksSection(view)}</section></div></div>
<section id="parts" aria-labelledby="parts-title"><h2 id="parts-title">Parts</h2>${piece('live-parts')}</section></main></body></html>`
}

function notice({ notice: said }: PageView): Markup | undefined {
  return said === undefined ? undefined : html`<p class="notice ${said.tone}">${said.text}</p>`
}
