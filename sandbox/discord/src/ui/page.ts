import type { HttpAnswer } from '../http/messages.ts'
import { html, type Markup } from './html.ts'
import { ICON, STYLES } from './styles.ts'

const ASSETS: Record<string, { type: string; body: string }> = {
  '/assets/stand-in.css': { type: 'text/css; charset=utf-8', body: STYLES },
  '/assets/icon.svg': { type: 'image/svg+xml', body: ICON },
}

/** A style sheet or icon; undefined for any other path. */
export function answerAsset(path: string): HttpAnswer | undefined {
  const asset = ASSETS[path]
  if (asset === undefined) return undefined
  return {
    status: 200,
    headers: { 'content-type': asset.type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
    body: asset.body,
  }
}

/**
 * A whole page. It has no script, loads nothing from elsewhere and can't be framed.
 *
 * @param brand whose stand-in this is, such as `Discord`
 */
export function renderPage({
  brand,
  title,
  body,
  status = 200,
}: {
  brand: string
  title: string
  body: Markup
  status?: number
}): HttpAnswer {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${brand} stand-in</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/stand-in.css">
</head>
<body>
<p class="stand-in" role="note"><strong>Stand-in</strong> <span>This is not ${brand}. It runs on this machine; nobody has a password here.</span></p>
${body}
</body>
</html>
`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // Without form-action: browsers hold it against every redirect that follows, also those from one app to the other.
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body: page.text,
  }
}

/** A page that says what is wrong. */
export function problemPage(input: {
  brand: string
  title: string
  text: string
  status: number
}): HttpAnswer {
  return renderPage({
    brand: input.brand,
    title: input.title,
    status: input.status,
    body: html`<main>
<div class="panel problem">
<h1>${input.title}</h1>
<p>${input.text}</p>
</div>
</main>`,
  })
}
