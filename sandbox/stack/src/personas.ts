/**
 * The people of the local stack. Pure data and pure functions without imports: both apps' seeds, the GitHub sandbox,
 * tests and the demo read the same file, so an id can't be written down twice and differ.
 *
 * All addresses are on example.com, which never receives mail.
 */

/** An OAuth account on the GitHub sandbox. `providerAccountId` is what GitHub's `/user` answers as `id`. */
export interface GithubAccount {
  login: string
  providerAccountId: string
}

/** The same person's user on one of the apps. */
export interface PersonaAccount {
  userId: string
  email: string
  role: 'user' | 'admin'
}

export interface Persona {
  key: 'ada' | 'ben' | 'sam'
  name: string
  /** One sentence for the banner and the demo. */
  about: string
  tt: PersonaAccount
  ah: PersonaAccount
  github: GithubAccount
  /** True when both apps hold an `AccountLink` for this person (linkRevision 1). */
  linked: boolean
}

/**
 * The GitHub sandbox numbers its users in the order they are seeded, after its own `ghost` (1) and `admin` (2).
 * The order here is therefore part of the data; a test compares these ids with the running sandbox.
 */
const ada: Persona = {
  key: 'ada',
  name: 'Ada Park',
  about: 'her accounts on both apps are linked',
  tt: { userId: 'user_tt_ada', email: 'ada@example.com', role: 'user' },
  ah: { userId: 'user_ah_ada', email: 'ada@example.com', role: 'user' },
  github: { login: 'ada-park', providerAccountId: '3' },
  linked: true,
}

const ben: Persona = {
  key: 'ben',
  name: 'Ben Osei',
  about: 'has an account on both apps, under different addresses, not linked',
  tt: { userId: 'user_tt_ben', email: 'ben@example.com', role: 'user' },
  ah: { userId: 'user_ah_ben', email: 'ben.osei.work@example.com', role: 'user' },
  github: { login: 'ben-osei', providerAccountId: '4' },
  linked: false,
}

const sam: Persona = {
  key: 'sam',
  name: 'Sam Ruiz',
  about: 'works in support and may open the admin pages',
  tt: { userId: 'user_tt_sam', email: 'sam.support@example.com', role: 'admin' },
  ah: { userId: 'user_ah_sam', email: 'sam.support@example.com', role: 'admin' },
  github: { login: 'sam-ruiz', providerAccountId: '5' },
  linked: false,
}

/** Every persona, in the order the GitHub sandbox is seeded. Do not reorder: see the ids above. */
export const personas: readonly Persona[] = [ada, ben, sam]

/** The personas by key: `persona.ada.tt.userId`. */
export const persona = { ada, ben, sam } as const

/** The link a linked persona has on both sides, as the seeds write it. */
export const seededLink = {
  linkRevision: 1,
  linkMethod: 'explicit',
  /** Long before anything the stack does, so that "linked first, bought later" holds for every purchase. */
  linkedAt: '2026-01-05T09:00:00.000Z',
} as const

/** A buyer with a user on each app and a link between them, made for a demo, a test or a benchmark. */
export interface LinkedBuyer {
  runId: string
  index: number
  name: string
  ttUserId: string
  ahUserId: string
  ttEmail: string
  ahEmail: string
}

const RUN_ID = /^[a-z0-9][a-z0-9-]{0,39}$/

/**
 * Describes linked buyer number `index` of one seeding run. Pure: both apps' seeds call it with the same arguments and
 * so agree on every id without talking to each other, and a repeated run finds its own rows.
 *
 * @param runId 1–40 lower-case letters, digits or dashes, beginning with a letter or digit
 * @param index 0 or a positive integer
 * @throws RangeError when either argument is outside these bounds
 */
export function linkedBuyer(runId: string, index: number): LinkedBuyer {
  if (!RUN_ID.test(runId)) {
    throw new RangeError(
      `A run id has 1 to 40 lower-case letters, digits or dashes, not ${JSON.stringify(runId)}.`,
    )
  }
  if (!Number.isInteger(index) || index < 0) {
    throw new RangeError(`A buyer's index is 0 or a positive integer, not ${index}.`)
  }
  const handle = `${runId}-${index}`
  return {
    runId,
    index,
    name: `Buyer ${index + 1} of ${runId}`,
    ttUserId: `user_tt_buyer_${handle}`,
    ahUserId: `user_ah_buyer_${handle}`,
    ttEmail: `buyer-${handle}@example.com`,
    ahEmail: `buyer-${handle}@example.com`,
  }
}

/** `count` linked buyers of one run, in order of their index. Throws as `linkedBuyer` does. */
export function linkedBuyers(runId: string, count: number): LinkedBuyer[] {
  return Array.from({ length: count }, (_, index) => linkedBuyer(runId, index))
}
