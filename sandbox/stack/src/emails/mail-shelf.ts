import type { AppKey } from '../app-environment.ts'
import { describeError } from '../errors.ts'
import type { RenderedMail } from './mail.ts'
import { renderMails } from './render-mails.ts'

/** What there is to look at. */
export interface MailShelf {
  mails: RenderedMail[]
  /** What an app said instead of rendering its mails. */
  failures: { app: AppKey; text: string }[]
  renderedAt: Date
  tookMs: number
}

/** Renders both apps' mails; one that fails doesn't hide the other's. */
export async function fillShelf(
  render: (app: AppKey) => Promise<RenderedMail[]> = renderMails,
): Promise<MailShelf> {
  const begin = performance.now()
  const shelf: MailShelf = { mails: [], failures: [], renderedAt: new Date(), tookMs: 0 }
  const results = await Promise.allSettled((['tt', 'ah'] as const).map((app) => render(app)))
  for (const [index, result] of results.entries()) {
    const app = index === 0 ? 'tt' : 'ah'
    if (result.status === 'fulfilled') shelf.mails.push(...result.value)
    else shelf.failures.push({ app, text: describeError(result.reason) })
  }
  shelf.tookMs = Math.round(performance.now() - begin)
  return shelf
}
