import { waitUntil } from './wait-until.ts'

export type Mail = { id: string; to: string[]; subject: string; html: string; text: string }

/** Reads the inbox stand-in, which keeps every mail both apps send. */
export function createInbox(inboxUrl: string, apiKey: string) {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(new URL(path, inboxUrl), { headers: { authorization: `Bearer ${apiKey}` } })
    if (!response.ok) throw new Error(`The inbox answered ${response.status} to ${path}.`)
    return response.json()
  }
  const list = async (): Promise<{ id: string; to: string[]; subject: string }[]> =>
    ((await get('/emails?limit=100')) as { data: { id: string; to: string[]; subject: string }[] }).data

  return {
    /** All mails to one address, newest first. */
    async mailsTo(email: string): Promise<Mail[]> {
      const mine = (await list()).filter(({ to }) => to.includes(email))
      return (await Promise.all(mine.map(({ id }) => get(`/emails/${id}`)))) as Mail[]
    },
    /** Waits for a mail to this address whose subject matches, and returns the newest. */
    async waitForMail(email: string, subject: RegExp): Promise<Mail> {
      return waitUntil(`a mail "${subject.source}"`, async () =>
        (await this.mailsTo(email)).find((mail) => subject.test(mail.subject)),
      )
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
