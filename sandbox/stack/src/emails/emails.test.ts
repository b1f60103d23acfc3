import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { appFolder } from '../paths.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { mailId, type RenderedMail } from './mail.ts'
import { fillShelf } from './mail-shelf.ts'
import { readRenderedMails, renderMails } from './render-mails.ts'
import { serveMails } from './serve-mails.ts'
import { writeMails } from './write-mails.ts'

function sample(app: 'tt' | 'ah', change: Partial<RenderedMail> = {}): RenderedMail {
  return {
    app,
    name: 'access-granted',
    variant: 'one course',
    subject: 'Your course <is> open',
    html: '<p>Hello</p><script>window.opened = true</script>',
    text: 'Hello',
    ...change,
  }
}

/** An app whose script is the given one. */
function appWith(script: string): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'scripts'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'scripts', 'render-emails.ts'), script)
  symlinkSync(join(appFolder('tt'), 'node_modules'), join(folder, 'node_modules'))
  return folder
}

async function preview(render: (app: 'tt' | 'ah') => Promise<RenderedMail[]>) {
  const served = await serveMails({ fill: () => fillShelf(render), port: 0 })
  onTestFinished(() => served.close())
  return { ...served, url: served.url.replace('localhost', '127.0.0.1') }
}

describe('renderMails', { timeout: 90_000 }, () => {
  it('reads the last line that the script of an app prints', async () => {
    const { app: _, ...printed } = sample('ah')
    const folder = appWith(
      `const mails: object[] = [${JSON.stringify(printed)}]\nconsole.log('a warning')\nconsole.log(JSON.stringify(mails))`,
    )
    expect(await renderMails('ah', folder)).toEqual([sample('ah')])
  })

  it('says what the script said when it failed, and how to see it again', async () => {
    const folder = appWith("throw new Error('the template is broken')")
    await expect(renderMails('tt', folder)).rejects.toMatchObject({
      message: 'The mails of tt-sample could not be rendered (code 1).',
      lastLines: expect.arrayContaining([expect.stringContaining('the template is broken')]),
      nextStep: expect.stringContaining('render-emails.ts'),
    })
  })

  it('says so when there is no such script', async () => {
    await expect(renderMails('tt', temporaryFolder())).rejects.toThrow('has no scripts/render-emails.ts')
  })

  it.each([
    ['no JSON', 'done', 'JSON'],
    ['an empty list', '[]', 'no list of mails'],
    ['a mail without a text', JSON.stringify([{ ...sample('tt'), text: '' }]), 'has no text'],
    ['the same mail twice', JSON.stringify([sample('tt'), sample('tt')]), 'two mails'],
  ])('refuses %s', (_, printed, reason) => {
    expect(() => readRenderedMails('tt', printed)).toThrow(reason)
  })
})

describe('the mails of both apps', () => {
  it('can all be rendered, without a database or a variable', { timeout: 90_000 }, async () => {
    const { mails, failures } = await fillShelf()
    expect(failures).toEqual([])
    const names = (app: string) => new Set(mails.filter((mail) => mail.app === app).map(({ name }) => name))
    expect([...names('tt')]).toEqual(expect.arrayContaining(['sign-in', 'receipt', 'account-linked']))
    expect([...names('ah')]).toEqual(expect.arrayContaining(['sign-in', 'access-granted', 'account-linked']))
    for (const { html, text } of mails) {
      expect(html).toMatch(/^\s*<.*>\s*$/s)
      expect(text).not.toMatch(/<\/?(p|a|div|html)\b/)
    }
  })
})

describe('mails as files', () => {
  it('says what to do when something else has the name of the folder', async () => {
    const taken = join(temporaryFolder(), 'taken')
    writeFileSync(taken, 'kept')
    const shelf = await fillShelf(async (app) => [sample(app)])
    expect(() => writeMails(shelf, taken)).toThrow(
      expect.objectContaining({ code: 'step-failed', nextStep: expect.stringContaining('--out') }),
    )
    expect(readFileSync(taken, 'utf8')).toBe('kept')
  })
})

describe('the preview of mails', () => {
  it('lists the mails of both apps, and shows one with its subject and size', async () => {
    const { url } = await preview(async (app) => [sample(app), sample(app, { variant: 'two courses' })])
    const page = await (await fetch(`${url}/?mail=ah%2Faccess-granted--two-courses`)).text()
    expect(page.match(/<li>/g)).toHaveLength(4)
    expect(page).toContain('Your course &#60;is&#62; open')
    expect(page).toContain('src="/mail/ah/access-granted--two-courses?scheme=light" sandbox')
    expect(page).toContain('49 B')
  })

  it('shows a mail as it is, without letting its scripts run', async () => {
    const { url } = await preview(async (app) => [sample(app)])
    const mail = await fetch(`${url}/mail/tt/access-granted--one-course`)
    expect(await mail.text()).toBe(sample('tt').html)
    expect(mail.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    const text = await fetch(`${url}/mail/tt/access-granted--one-course.txt`)
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  })

  it('shows a mail in the chosen scheme, whatever the browser prefers, and as it is when opened alone', async () => {
    const html = `<meta name="color-scheme" content="light dark"><style>
@media (prefers-color-scheme: dark) { body { color: white } } @media ( Prefers-Color-Scheme :light ) { b { color: red } }</style>`
    const { url } = await preview(async (app) => [sample(app, { html })])
    const mail = async (query: string) =>
      (await fetch(`${url}/mail/tt/access-granted--one-course${query}`)).text()
    expect(await mail('?scheme=dark')).toMatch(
      /content="dark".*@media \(min-width: 0px\) \{ body.*@media \(max-width: 0px\) \{ b /s,
    )
    expect(await mail('?scheme=light')).toMatch(
      /content="light".*@media \(max-width: 0px\) \{ body.*@media \(min-width: 0px\) \{ b /s,
    )
    expect(await mail('')).toBe(html)
  })

  it('keeps how one looks at mails from mail to mail', async () => {
    const { url } = await preview(async (app) => [sample(app)])
    const page = await (await fetch(`${url}/?as=text&width=phone&scheme=dark`)).text()
    expect(page).toContain('<pre class="text phone dark"')
    expect(page).toContain('width=phone&#38;scheme=dark&#38;as=text&#38;mail=ah%2F')
  })

  it('renders anew on a reload and on demand, not on a click', async () => {
    let rendered = 0
    const { url } = await preview(async (app) => {
      if (app === 'tt') rendered += 1
      return [sample(app)]
    })
    await fetch(url, { cache: 'force-cache' })
    await fetch(`${url}/?as=text`, { cache: 'force-cache' })
    expect(rendered).toBe(1)
    await fetch(url, { headers: { 'cache-control': 'max-age=0' } })
    expect(rendered).toBe(2)
    const again = await fetch(`${url}/?as=text&again=1`, { redirect: 'manual' })
    expect(again.headers.get('location')).toBe('/?as=text')
    expect(rendered).toBe(3)
  })

  it("shows one app's mails and the other's error when that one can not be rendered", async () => {
    const { url } = await preview(async (app) => {
      if (app === 'tt') throw new Error('<broken>')
      return [sample(app)]
    })
    const page = await (await fetch(url)).text()
    expect(page).toContain('could not be rendered')
    expect(page).toContain('&#60;broken&#62;')
    expect(page.match(/<li>/g)).toHaveLength(1)
  })

  it('warns of a mail that Gmail cuts off', async () => {
    const { url } = await preview(async (app) => [sample(app, { html: 'x'.repeat(103 * 1024) })])
    expect(await (await fetch(url)).text()).toContain('103.0 KB: Gmail cuts it off')
  })

  it('answers 404 for a mail that is not there, and nobody who calls it by another name', async () => {
    const { url } = await preview(async (app) => [sample(app)])
    expect((await fetch(`${url}/?mail=tt%2Fgone`)).status).toBe(404)
    expect((await fetch(`${url}/mail/tt/gone`)).status).toBe(404)
    expect((await fetch(url, { method: 'POST' })).status).toBe(403)
    const status = await new Promise((resolve, reject) => {
      request(url, { headers: { host: 'evil.test' } }, (response) => resolve(response.statusCode))
        .once('error', reject)
        .end()
    })
    expect(status).toBe(421)
  })
})

describe('writeMails', () => {
  it('writes each mail as HTML and text, and a list', async () => {
    const folder = temporaryFolder()
    expect(writeMails(await fillShelf(async (app) => [sample(app)]), folder)).toBe(5)
    expect(readdirSync(join(folder, 'tt')).sort()).toEqual([
      'access-granted--one-course.html',
      'access-granted--one-course.txt',
    ])
    const list = JSON.parse(readFileSync(join(folder, 'mails.json'), 'utf8')) as { file: string }[]
    expect(list.map(({ file }) => file)).toEqual(
      (['tt', 'ah'] as const).map((app) => `${mailId(sample(app))}.html`),
    )
  })
})
