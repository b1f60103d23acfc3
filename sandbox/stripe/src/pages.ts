import type { DatabaseSync } from 'node:sqlite'
import type { Account } from './accounts.ts'
import { changePromotionCode, showCheckout, submitCheckout } from './checkout/answer-checkout.ts'
import { CLIENT_SCRIPT } from './checkout/client-script.ts'
import { actOnDashboard } from './dashboard/actions.ts'
import { renderHome } from './dashboard/home-page.ts'
import { showDashboard } from './dashboard/views.ts'
import { createScope, type Scope, type Settings } from './scope.ts'
import { inTransaction } from './store/database.ts'
import { messagePage } from './ui/layout.ts'
import type { PageAnswer, PageRequest } from './ui/page.ts'
import { isKnownHost, isSameOrigin } from './ui/same-origin.ts'
import { ICON, STYLES } from './ui/styles.ts'

const ASSETS: Record<string, { type: string; body: string }> = {
  '/assets/sandbox.css': { type: 'text/css; charset=utf-8', body: STYLES },
  '/assets/checkout.js': { type: 'text/javascript; charset=utf-8', body: CLIENT_SCRIPT },
  '/assets/icon.svg': { type: 'image/svg+xml', body: ICON },
}

export interface PagesContext {
  database: DatabaseSync
  accounts: Account[]
  settings: Settings
  host: string
}

/** Everything people see: the Checkout page, the dashboards and the home page that links them. */
export function createPages(context: PagesContext): (request: PageRequest) => PageAnswer {
  return (request) => {
    const publicHost = URL.canParse(context.settings.publicUrl)
      ? new URL(context.settings.publicUrl).hostname
      : ''
    if (!isKnownHost(request, [context.host, publicHost])) {
      return messagePage({
        title: 'Wrong address',
        text: `Open the sandbox at ${context.settings.publicUrl}.`,
        status: 421,
      })
    }
    if (request.method === 'GET' || request.method === 'HEAD') return show(context, request)
    if (request.method !== 'POST') {
      return messagePage({ title: 'Not possible', text: 'Pages only take GET and POST.', status: 405 })
    }
    if (!isSameOrigin(request)) {
      return messagePage({
        title: 'Refused',
        text: 'This form was not sent from a page of the sandbox. Open the page itself and send it from there.',
        status: 403,
      })
    }
    return inTransaction(context.database, () => submit(context, request))
  }
}

function show(context: PagesContext, request: PageRequest): PageAnswer {
  const { pathname } = request.url
  const asset = ASSETS[pathname]
  if (asset !== undefined) {
    return {
      status: 200,
      headers: {
        'content-type': asset.type,
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      },
      body: asset.body,
    }
  }
  if (pathname === '/') return renderHome(context.accounts)
  const checkout = /^\/c\/pay\/([^/]+)$/.exec(pathname)
  if (checkout) {
    return withSession(context, checkout[1], (scope, session) => showCheckout(scope, session, request))
  }
  const dashboard = /^\/dashboard\/([^/]+)(\/.*)?$/.exec(pathname)
  const scope = scopeOf(context, dashboard?.[1])
  if (dashboard && scope !== undefined) return showDashboard(scope, dashboard[2] ?? '', request) ?? notFound()
  return notFound()
}

function submit(context: PagesContext, request: PageRequest): PageAnswer {
  const { pathname } = request.url
  const checkout = /^\/c\/pay\/([^/]+)(\/promotion-code(\/remove)?)?$/.exec(pathname)
  if (checkout) {
    const [, id, promotion, remove] = checkout
    return withSession(context, id, (scope, session) =>
      promotion === undefined
        ? submitCheckout(scope, session, request)
        : changePromotionCode(scope, session, request, remove === undefined ? 'apply' : 'remove'),
    )
  }
  const dashboard = /^\/dashboard\/([^/]+)(\/.+)$/.exec(pathname)
  const scope = scopeOf(context, dashboard?.[1])
  if (dashboard && scope !== undefined)
    return actOnDashboard(scope, dashboard[2] ?? '', request) ?? notFound()
  return notFound()
}

function scopeOf(context: PagesContext, accountKey: string | undefined): Scope | undefined {
  const account = context.accounts.find(({ key }) => key === accountKey)
  return account === undefined ? undefined : createScope(context.database, account, context.settings)
}

/** A Checkout address names no account: the session's id is the secret, and belongs to one. */
function withSession(
  context: PagesContext,
  id: string | undefined,
  answer: (scope: Scope, session: ReturnType<typeof sessionIn> & object) => PageAnswer,
): PageAnswer {
  for (const account of context.accounts) {
    const scope = createScope(context.database, account, context.settings)
    const session = sessionIn(scope, id)
    if (session !== undefined) return answer(scope, session)
  }
  return notFound()
}

function sessionIn(scope: Scope, id: string | undefined) {
  return scope.objects.find('checkout.session', id ?? '')
}

function notFound(): PageAnswer {
  return messagePage({
    title: 'Nothing here',
    text: 'The sandbox has no such page.',
    status: 404,
    link: { href: '/', text: 'Sandbox home' },
  })
}
