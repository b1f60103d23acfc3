import { expect } from '@playwright/test'
import type { Scenario } from './scenario.ts'
import { waitUntil } from './wait-until.ts'

/** The mails both apps send, told apart by their subjects. Sign-in links are asked for, and not among them. */
export const MAILS = {
  'tt receipt': /receipt|order/i,
  'tt linked': /^Your Total TypeScript account was linked/,
  'tt unlinked': /^Your Total TypeScript account was unlinked/,
  'ah granted': /(is|are) open on AI Hero$/,
  'ah pending': /waiting for you on AI Hero$/,
  'ah claimed': /(is|are) open on AI Hero now$/,
  'ah ended': /: your access has ended$/,
  'ah linked': /^Your AI Hero account is linked with/,
  'ah unlinked': /^Your AI Hero account is no longer linked with/,
} as const
export type MailName = keyof typeof MAILS

const SIGN_IN = /sign in|sign-in/i

/** How many of each mail there are among these; one that has no name counts under its subject. */
export function countByName(mails: readonly { subject: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { subject } of mails) {
    if (SIGN_IN.test(subject)) continue
    const name = Object.entries(MAILS).find(([, pattern]) => pattern.test(subject))?.[0] ?? subject
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** How many of each mail a person got. */
export async function countMails(scenario: Scenario, email: string): Promise<Record<string, number>> {
  return countByName(await scenario.inbox.mailsTo(email))
}

/**
 * Waits until a person has got each of these mails once, then lets both apps look again for anything unsent: there must
 * be nothing else and nothing twice.
 *
 * @param perhaps mails that may have been overtaken by what they were about: "it waits for you" isn't sent any more
 *   once it has been claimed
 */
export async function expectMails(
  scenario: Scenario,
  email: string,
  names: MailName[],
  perhaps: MailName[] = [],
): Promise<void> {
  await waitUntil(
    `the mails ${names.join(', ')}`,
    async () => {
      const counts = await countMails(scenario, email)
      return names.every((name) => (counts[name] ?? 0) >= 1)
    },
    20_000,
    150,
  )
  await Promise.all([scenario.sweep('tt'), scenario.sweep('ah')])
  const counts = await countMails(scenario, email)
  const came = perhaps.filter((name) => counts[name] !== undefined)
  expect(counts).toEqual(Object.fromEntries([...names, ...came].map((name) => [name, 1])))
}
