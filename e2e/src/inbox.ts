import { waitUntil } from './wait-until.ts'

export type Mail = {
  id: string
  to: string[]
  subject: string
  html: string
  text: string
  created_at: string
}

/** Every list holds all mails in full, so it isn't asked for as often as a database is. */
const ASK_EVERY_MS = 100
const PATIENCE_MS = 20_000

export type Inbox = ReturnType<typeof createInbox>

/** Reads the inbox stand-in, which keeps every mail both apps send. */
export function createInbox(inboxUrl: string, apiKey: string) {
  async function list(): Promise<Mail[]> {
    const response = await fetch(new URL('/emails', inboxUrl), {
      headers: { authorization: `Bearer ${apiKey}` },
    })
    if (!response.ok) throw new Error(`The inbox answered ${response.status}.`)
    return ((await response.json()) as { data: Mail[] }).data
  }
  const newestFirst = (mails: Mail[]): Mail[] =>
    mails.toSorted((left, right) => right.created_at.localeCompare(left.created_at))

  return {
    /** Every mail since the stack was started. */
    all: list,
    /** All mails to one address, newest first. */
    async mailsTo(email: string): Promise<Mail[]> {
      return newestFirst((await list()).filter(({ to }) => to.includes(email)))
    },
    /** Waits for a mail to this address whose subject matches, and returns the newest. */
    async waitForMail(email: string, subject: RegExp): Promise<Mail> {
      return waitUntil(
        `a mail "${subject.source}"`,
        async () => (await this.mailsTo(email)).find((mail) => subject.test(mail.subject)),
        PATIENCE_MS,
        ASK_EVERY_MS,
      )
    },
    /**
     * Waits for the sign-in mail of one app and returns its link.
     *
     * @param before ids of the mails that were there when it was asked for
     */
    async waitForSignInLink(
      app: 'tt' | 'ah',
      email: string,
      before: ReadonlySet<string> = new Set(),
    ): Promise<string> {
      const subject = `Your sign-in link for ${app === 'tt' ? 'Total TypeScript' : 'AI Hero'}`
      const mail = await waitUntil(
        'the sign-in mail',
        async () =>
          (await this.mailsTo(email)).find((each) => each.subject === subject && !before.has(each.id)),
        PATIENCE_MS,
        ASK_EVERY_MS,
      )
      return linkIn(mail, '/api/auth/callback/email')
    },
  }
}

/** The first link of a mail whose address contains `part`. */
export function linkIn(mail: Mail, part: string): string {
  const links = [...mail.html.matchAll(/href="([^"]+)"/g)].map(([, href]) =>
    (href ?? '').replaceAll('&amp;', '&'),
  )
  const found = links.find((href) => href.includes(part))
  if (found === undefined) throw new Error(`The mail "${mail.subject}" has no link with ${part}.`)
  return found
}
