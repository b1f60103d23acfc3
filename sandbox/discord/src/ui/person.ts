import { html, type Markup } from './html.ts'

/** A user as the pages show them. */
export interface PersonView {
  id: string
  name: string
  handle: string
  /** null: none on file. */
  email: string | null
  emailVerified: boolean
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '').join('')
}

/** What stands in a row of a list of people, in a button or not. */
export function personContent({ name, handle, email, emailVerified }: PersonView): Markup {
  return html`<span class="initials" aria-hidden="true">${initialsOf(name)}</span>
<span class="who"><b>${name}</b> <span>${handle} · ${
    email === null
      ? html`<span class="warn">no email address</span>`
      : html`${email}${!emailVerified && html` · <span class="warn">not verified</span>`}`
  }</span></span>`
}
