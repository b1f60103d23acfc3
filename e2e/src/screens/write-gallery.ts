import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a page belongs, by the beginning of its name; in the order of the gallery. */
const CHAPTERS: readonly (readonly [prefix: string, title: string])[] = [
  ['home', 'The stack’s home page'],
  ['tt-admin', 'Total TypeScript, support'],
  ['tt', 'Total TypeScript'],
  ['ah-admin', 'AI Hero, support'],
  ['ah', 'AI Hero'],
  ['stripe', 'Stand-in for Stripe'],
  ['inngest', 'Stand-in for Inngest'],
  ['discord', 'Stand-in for Discord'],
  ['github', 'Stand-in for GitHub, as the tests use it'],
]

/** `tt-account-linked`, in its chapter: "Account linked". */
function caption(name: string, prefix: string): string {
  const rest = name.slice(prefix.length).replace(/^-/, '').replaceAll('-', ' ') || 'first page'
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** Writes `README.md` of the folder: every sheet of `pages/`, by chapter. */
export function writeGallery(folder: string): void {
  mkdirSync(join(folder, 'pages'), { recursive: true })
  const names = readdirSync(join(folder, 'pages'))
    .filter((file) => file.endsWith('.webp'))
    .map((file) => file.slice(0, -'.webp'.length))
    .sort()
  const chapterOf = (name: string) => {
    const [prefix] = [...CHAPTERS]
      .sort(([left], [right]) => right.length - left.length)
      .find(([start]) => name === start || name.startsWith(`${start}-`)) ?? ['']
    return prefix
  }
  const lines = [
    '# Every page, in light and dark, wide and 390 px',
    '',
    '`npm run e2e -- --screens` opens them all in a browser, lets axe look at each, and takes these pictures.',
  ]
  for (const [prefix, title] of CHAPTERS) {
    const pages = names.filter((name) => chapterOf(name) === prefix)
    if (pages.length === 0) continue
    lines.push('', `## ${title}`)
    for (const name of pages) {
      const text = caption(name, prefix)
      lines.push('', `### ${text}`, '', `![${title}: ${text}](pages/${name}.webp)`)
    }
  }
  const left = names.filter((name) => chapterOf(name) === '')
  if (left.length > 0) throw new Error(`These pages belong to no chapter of the gallery: ${left.join(', ')}.`)
  writeFileSync(join(folder, 'README.md'), `${lines.join('\n')}\n`)
}
