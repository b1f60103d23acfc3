import { html, type Markup } from './html.ts'
import type { PageAnswer } from './page.ts'

export interface Layout {
  title: string
  body: Markup
  /** Styles the page as a whole, `checkout` or `dashboard`. */
  kind: 'checkout' | 'dashboard'
  status?: number
  /** Origins that a form's answer may redirect to, besides our own. */
  redirectsTo?: string[]
  script?: boolean
}

/** A whole page. Nothing is loaded from elsewhere, and scripts run only from the sandbox's own file. */
export function renderPage({
  title,
  body,
  kind,
  status = 200,
  redirectsTo = [],
  script = false,
}: Layout): PageAnswer {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Stripe stand-in</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/sandbox.css">
${script && html`<script src="/assets/checkout.js" defer></script>`}
</head>
<body class="${kind}">
<aside class="stand-in" aria-label="Stand-in"><strong>Stand-in</strong> <span>This is not Stripe. It runs on this machine; no money moves.</span></aside>
${body}
</body>
</html>
`
  return { status, headers: htmlHeaders(redirectsTo), body: page.text }
}

function htmlHeaders(redirectsTo: string[]): Record<string, string> {
  const formAction = ["'self'", ...redirectsTo].join(' ')
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
    // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  }
}

/** Sends the browser on after a form: the answer can be reloaded without sending the form again. */
export function redirectTo(location: string): PageAnswer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' }
}

/** A page that only says something, with a way on. */
export function messagePage(input: {
  title: string
  text: string
  status: number
  link?: { href: string; text: string } | null
}): PageAnswer {
  return renderPage({
    title: input.title,
    kind: 'checkout',
    status: input.status,
    body: html`<main class="message">
<h1>${input.title}</h1>
<p>${input.text}</p>
${input.link && html`<p><a class="button" href="${input.link.href}">${input.link.text}</a></p>`}
</main>`,
  })
}
