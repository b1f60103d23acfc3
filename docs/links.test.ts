import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/**
 * Holds the documents to the code. The convention: a link whose whole text is one word in backticks names something in
 * the file it points to, so the word has to occur there, or be that file's name.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const documents = ['README.md', 'SECURITY.md', ...markdownIn('docs')]
const read = (file: string) => readFileSync(join(root, file), 'utf8')

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .sort()
}

type Link = { text: string; target: string }

/** The links and pictures of a text; what stands in code blocks is no link. */
function linksOf(markdown: string): Link[] {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
  const inBrackets = [...prose.matchAll(/\[((?:[^[\]]|\n)*)\]\(([^()\s]+)\)/g)].map(
    ([, text = '', target = '']) => ({ text: text.replaceAll('\n', ' '), target }),
  )
  const inHtml = [...prose.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, target = '']) => ({
    text: '',
    target,
  }))
  return [...inBrackets, ...inHtml]
}

/** The anchors that a Markdown page offers, as GitHub makes them from its headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

function problemOf(file: string, { text, target }: Link): string | null {
  if (/^[a-z]+:/.test(target)) return null
  const [path = '', anchor] = target.split('#')
  const aimed = path === '' ? file : relative(root, join(root, dirname(file), path))
  if (aimed.startsWith('..')) return `${target} leads out of the repository`
  if (!existsSync(join(root, aimed))) return `${target} does not exist`
  if (anchor !== undefined && !anchorsOf(read(aimed)).includes(anchor)) {
    return `${target}: there is no such heading`
  }
  const symbol = /^`([^`\s]+)`$/.exec(text)?.[1]
  if (symbol === undefined || symbol === basename(aimed)) return null
  const word = new RegExp(`(?<![\\w-])${symbol.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`)
  return word.test(read(aimed)) ? null : `${symbol} does not occur in ${aimed}`
}

function problemsOf(file: string, markdown = read(file)): string[] {
  return linksOf(markdown).flatMap((link) => problemOf(file, link) ?? [])
}

/** The numbers of the tour's stops, and the links of each. */
function stopsOf(markdown: string): { number: number; links: Link[] }[] {
  return markdown
    .split(/^## /m)
    .filter((section) => /^\d+\. /.test(section))
    .map((section) => ({ number: Number.parseInt(section, 10), links: linksOf(section) }))
}

describe('the documents', () => {
  it.each(documents)('%s links only to what is there', (file) => {
    expect(problemsOf(file)).toEqual([])
  })

  it('are found, with links in them', () => {
    expect(documents).toContain(join('docs', 'tour.md'))
    expect(documents.flatMap((file) => linksOf(read(file))).length).toBeGreaterThan(50)
  })

  it.each([
    { page: 'README.md', folder: 'docs/screens', ending: '.png' },
    { page: 'docs/screens/README.md', folder: 'docs/screens/pages', ending: '.webp' },
  ])('$page shows every picture of $folder, and no other', ({ page, folder, ending }) => {
    const shown = linksOf(read(page))
      .map(({ target }) => join(dirname(page), target))
      .filter((target) => target.endsWith(ending))
    const there = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending))
    expect([...new Set(shown)].sort()).toEqual(there.map((name) => join(folder, name)).sort())
  })
})

describe('the tour', () => {
  const stops = stopsOf(read('docs/tour.md'))

  it('has ten stops, in order', () => {
    expect(stops.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('links every stop to the code it is about, by name', () => {
    const bare = stops.filter(
      ({ links }) => !links.some(({ text, target }) => text.startsWith('`') && /\.tsx?$/.test(target)),
    )
    expect(bare).toEqual([])
  })

  it('says at every stop what is guaranteed and what happens if the process dies', () => {
    const sections = read('docs/tour.md')
      .split(/^## (?=\d+\. )/m)
      .slice(1)
    const silent = sections.filter(
      (section) => !/\*\*Guarantee:\*\*/.test(section) || !/\*\*If /.test(section),
    )
    expect(silent.map((section) => section.split('\n')[0])).toEqual([])
  })
})

describe('control: the checks find what is wrong', () => {
  it.each([
    ['a file that is gone', '[x](../packages/shared/src/gone.ts)', 'does not exist'],
    ['a picture that is gone', '![x](screens/gone.png)', 'does not exist'],
    ['a picture in a table that is gone', '<img src="screens/gone.png">', 'does not exist'],
    [
      'a symbol that was renamed',
      '[`stableIdentity`](../packages/shared/src/stable-id.ts)',
      'does not occur',
    ],
    ['half of a symbol', '[`stable`](../packages/shared/src/stable-id.ts)', 'does not occur'],
    ['a heading that is gone', '[x](tour.md#11-home)', 'no such heading'],
    ['a way out of the repository', '[x](../../elsewhere.md)', 'leads out'],
  ])('%s', (_, text, problem) => {
    expect(problemsOf('docs/sample.md', text)).toEqual([expect.stringContaining(problem)])
  })

  it('and nothing that is right, or only looks like a link in a code block', () => {
    const sample = [
      '[`stableId`](../packages/shared/src/stable-id.ts) [`stable-id.ts`](../packages/shared/src/stable-id.ts)',
      '[x](tour.md#1-ada-presses-buy) [y](https://example.com/gone) [adr](adr)',
      '```md',
      '[x](gone.md)',
      '```',
    ].join('\n')
    expect(problemsOf('docs/sample.md', sample)).toEqual([])
  })

  it('a stop too few', () => {
    expect(stopsOf('## 1. One\n\n## Not a stop\n\n## 2. Two\n').map(({ number }) => number)).toEqual([1, 2])
  })
})
