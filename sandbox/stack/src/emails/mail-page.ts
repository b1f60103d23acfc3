import { html, type Markup } from '../home/page/html.ts'
import { appNames, clippedFromBytes, htmlBytes, mailId, type RenderedMail } from './mail.ts'
import type { MailShelf } from './mail-shelf.ts'

/** How the chosen mail is looked at. */
export interface MailView {
  /** undefined: the first one. */
  id: string | undefined
  width: 'wide' | 'phone'
  scheme: 'light' | 'dark'
  as: 'html' | 'text'
}

/** Reads a view from an address; what it doesn't know it takes for the usual. */
export function readView(query: URLSearchParams): MailView {
  return {
    id: query.get('mail') ?? undefined,
    width: query.get('width') === 'phone' ? 'phone' : 'wide',
    scheme: query.get('scheme') === 'dark' ? 'dark' : 'light',
    as: query.get('as') === 'text' ? 'text' : 'html',
  }
}

function addressOf(view: MailView): string {
  const query = new URLSearchParams({ width: view.width, scheme: view.scheme, as: view.as })
  if (view.id !== undefined) query.set('mail', view.id)
  return `/?${query}`
}

function choice(view: MailView, change: Partial<MailView>, title: string): Markup {
  const isCurrent = Object.entries(change).every(([key, value]) => view[key as keyof MailView] === value)
  return html`<a href="${addressOf({ ...view, ...change })}"${isCurrent ? html` aria-current="true"` : ''}>${title}</a>`
}

function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`
}

function list(shelf: MailShelf, view: MailView, current: RenderedMail | undefined): Markup {
  return html`<nav class="list" aria-label="Mails">
${(['tt', 'ah'] as const).map((app) => {
  const mails = shelf.mails.filter((mail) => mail.app === app)
  const failure = shelf.failures.find((each) => each.app === app)
  return html`<section class="${app}">
<h2>${appNames[app]} <span class="count">${mails.length}</span></h2>
${failure && html`<div class="failure" role="alert"><strong>These mails could not be rendered.</strong><pre tabindex="0">${failure.text}</pre></div>`}
<ul>${mails.map((mail) => {
    const id = mailId(mail)
    const isCurrent = current !== undefined && mailId(current) === id
    return html`<li><a href="${addressOf({ ...view, id })}"${isCurrent ? html` aria-current="page"` : ''}><b>${mail.name}</b> <span>${mail.variant}</span></a></li>`
  })}</ul>
</section>`
})}
</nav>`
}

function preview(mail: RenderedMail, view: MailView): Markup {
  const id = mailId(mail)
  const bytes = htmlBytes(mail)
  return html`<section class="preview" aria-labelledby="subject">
<header>
<p class="from">${appNames[mail.app]} · ${mail.name}${mail.variant && html` · ${mail.variant}`}</p>
<h2 id="subject">${mail.subject}</h2>
<dl>
<div><dt>Subject</dt><dd>${[...mail.subject].length} characters</dd></div>
<div><dt>HTML</dt><dd${bytes > clippedFromBytes ? html` class="warn"` : ''}>${size(bytes)}${bytes > clippedFromBytes ? ': Gmail cuts it off' : ''}</dd></div>
<div><dt>Text</dt><dd>${size(Buffer.byteLength(mail.text))}</dd></div>
</dl>
<div class="choices">
<div role="group" aria-label="Form">${choice(view, { as: 'html' }, 'HTML')}${choice(view, { as: 'text' }, 'Plain text')}</div>
<div role="group" aria-label="Width">${choice(view, { width: 'wide' }, 'Wide')}${choice(view, { width: 'phone' }, '390 px')}</div>
<div role="group" aria-label="Scheme">${choice(view, { scheme: 'light' }, 'Light')}${choice(view, { scheme: 'dark' }, 'Dark')}</div>
<a class="alone" href="/mail/${id}${view.as === 'text' ? '.txt' : ''}">Open alone</a>
</div>
</header>
${
  view.as === 'text'
    ? html`<pre class="text ${view.width} ${view.scheme}" tabindex="0" aria-label="Plain text of the mail">${mail.text}</pre>`
    : html`<iframe class="${view.width} ${view.scheme}" src="/mail/${id}?scheme=${view.scheme}" sandbox title="${mail.subject}"></iframe>`
}
</section>`
}

/** The mail that a view shows: the chosen one, or the first. */
export function chosenMail(shelf: MailShelf, view: MailView): RenderedMail | undefined {
  return view.id === undefined ? shelf.mails[0] : shelf.mails.find((mail) => mailId(mail) === view.id)
}

/** The page around the mails: a list and one of them, every switch a link. */
export function mailPage(shelf: MailShelf, view: MailView): Markup {
  const current = chosenMail(shelf, view)
  const title = current === undefined ? 'Mails' : current.subject
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Mail previews</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#mail">To the mail</a>
<header class="top">
<h1>Mail previews</h1>
<p>${shelf.mails.length} mails with sample data, rendered at ${shelf.renderedAt.toLocaleTimeString('en-GB')} in ${(shelf.tookMs / 1_000).toFixed(1)} s. Nothing is sent.</p>
<a class="again" href="${`${addressOf(view)}&again=1`}">Render again</a>
</header>
<div class="columns">
${list(shelf, view, current)}
<main id="mail">
${current === undefined ? html`<p class="empty">${view.id === undefined ? 'There is no mail to show.' : 'There is no such mail any more.'}</p>` : preview(current, view)}
</main>
</div>
</body>
</html>
`
}
