/** What a mail's style asks for, by the scheme it is looked at in: a condition that always holds, or never. */
const ALWAYS = '(min-width: 0px)'
const NEVER = '(max-width: 0px)'

/**
 * A mail as a mail program in that scheme shows it, whatever scheme the browser is in. A frame of another origin, which a
 * sandboxed one is, is not told the scheme of the element around it: its `prefers-color-scheme` is settled here.
 */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
  return html
    .replaceAll(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_, asked: string) =>
      asked.toLowerCase() === scheme ? ALWAYS : NEVER,
    )
    .replaceAll(/(<meta\b[^>]*\bname=["']color-scheme["'][^>]*\bcontent=["'])[^"']*/gi, `$1${scheme}`)
    .replaceAll(/(<meta\b[^>]*\bcontent=["'])[^"']*(["'][^>]*\bname=["']color-scheme["'])/gi, `$1${scheme}$2`)
}
