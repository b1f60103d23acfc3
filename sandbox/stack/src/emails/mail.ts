import type { AppKey } from '../app-environment.ts'

/** One mail as an app renders it with sample data: see `scripts/render-emails.ts` of each app. */
export interface RenderedMail {
  app: AppKey
  /** The template, such as `access-granted`. */
  name: string
  /** What is special about this one, such as `one course`. */
  variant: string
  subject: string
  html: string
  text: string
}

export const appNames: Record<AppKey, string> = { tt: 'Total TypeScript', ah: 'AI Hero' }

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** A mail's name in addresses and file names: `tt/access-granted--one-course`. */
export function mailId({ app, name, variant }: RenderedMail): string {
  return `${app}/${slug(name)}${variant === '' ? '' : `--${slug(variant)}`}`
}

/** Past this, Gmail shows the beginning only, with a link to the rest. */
export const clippedFromBytes = 102 * 1024

/** The size of what is sent as HTML, bytes. */
export function htmlBytes({ html }: RenderedMail): number {
  return Buffer.byteLength(html)
}
