import {execFile} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {describe, expect, it} from 'vitest'
import {type SampleMail, sampleMails} from './render-emails/sample-mails'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Names of the files that make a mail: each exports one function from what it tells to a mail's content. */
function templatesIn(folder: string): string[] {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : templatesIn(path)
    if (!entry.name.endsWith('.ts') || entry.name.includes('.test.')) return []
    const makesMail = /^export function \w+\([^)]*\): MailContent\b/m.test(readFileSync(path, 'utf8'))
    return makesMail ? [basename(entry.name, '.ts')] : []
  })
}

const withoutSample = (samples: SampleMail[]) =>
  templatesIn(fromHere('../src')).filter((template) => !samples.some(({name}) => name === template))

/** What the outbox may hold: the host renders these and no other. */
const queuedTemplates = [
  ...readFileSync(fromHere('../src/commerce/send-queued-email.ts'), 'utf8').matchAll(/case '([a-z-]+)':/g),
].map(([, name]) => name)

describe('the sample mails', () => {
  it('show every template of the code, and every mail that can be queued', () => {
    expect(templatesIn(fromHere('../src')).sort()).toEqual([
      'account-linked',
      'account-unlinked',
      'receipt',
      'sign-in',
    ])
    expect(withoutSample(sampleMails)).toEqual([])
    const names = sampleMails.map(({name}) => name)
    expect(queuedTemplates.length).toBeGreaterThan(0)
    for (const template of queuedTemplates) expect(names).toContain(template)
  })

  it.each(['receipt', 'sign-in'])('control: a sample of %s that is left out is missed', (left) => {
    expect(withoutSample(sampleMails.filter(({name}) => name !== left))).toEqual([left])
  })

  it('tell their variants apart', () => {
    const keys = sampleMails.map(({name, variant}) => `${name}: ${variant}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('scripts/render-emails.ts', () => {
  it('prints them all as one line of JSON, without a database or a variable', async () => {
    const {stdout} = await promisify(execFile)(
      fromHere('../node_modules/.bin/tsx'),
      [fromHere('render-emails.ts')],
      {env: {PATH: process.env.PATH, NODE_ENV: 'production'}, maxBuffer: 16 * 1024 * 1024},
    )
    expect(stdout.trimEnd()).not.toContain('\n')
    const mails = JSON.parse(stdout) as Record<'name' | 'variant' | 'subject' | 'html' | 'text', string>[]
    expect(mails.map(({name, variant}) => ({name, variant}))).toEqual(
      sampleMails.map(({name, variant}) => ({name, variant})),
    )
    for (const {subject, html, text} of mails) {
      expect(subject).not.toBe('')
      expect(html).toMatch(/^<!DOCTYPE html/)
      expect(text).not.toMatch(/<[a-z]/)
    }
  }, 60_000)
})
