/** Markup that is safe to send as it is. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Part = Html | string | number | null | undefined | Part[]

/** Builds markup; everything put in is escaped unless it is `Html` itself. Null and undefined are left out. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = texts[0] ?? ''
  parts.forEach((part, index) => {
    markup += render(part) + (texts[index + 1] ?? '')
  })
  return new Html(markup)
}

function render(part: Part): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Html) return part.markup
  if (Array.isArray(part)) return part.map(render).join('')
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
