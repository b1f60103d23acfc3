/**
 * The people of the local stack. Pure data and pure functions without imports: both apps' seeds, the GitHub and Discord
 * sandboxes, tests and the demo read the same file, so an id can't be written down twice and differ.
 *
 * All addresses are on example.com, which never receives mail.
 */

/** An OAuth account on the GitHub sandbox. `providerAccountId` is what GitHub's `/user` answers as `id`. */
export interface GithubAccount {
  login: string
  providerAccountId: string
}

/** An OAuth account on the Discord sandbox. `providerAccountId` is what Discord's `/users/@me` answers as `id`. */
export interface DiscordAccount {
  username: string
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
  /** With the address of the person's TT user, verified. */
  discord: DiscordAccount
  /**
   * What both apps know of a link between the two accounts. `ended`: the person unlinked them long ago, so no sign-in
   * joins them again, although it is the same GitHub account on both; only a link by hand does.
   */
  link: 'live' | 'ended' | 'never'
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
  discord: { username: 'ada.park', providerAccountId: '1180000000000000101' },
  link: 'live',
}

const ben: Persona = {
  key: 'ben',
  name: 'Ben Osei',
  about: 'has an account on both apps, under different addresses, and has unlinked them',
  tt: { userId: 'user_tt_ben', email: 'ben@example.com', role: 'user' },
  ah: { userId: 'user_ah_ben', email: 'ben.osei.work@example.com', role: 'user' },
  github: { login: 'ben-osei', providerAccountId: '4' },
  discord: { username: 'ben.osei', providerAccountId: '1180000000000000102' },
  link: 'ended',
}

const sam: Persona = {
  key: 'sam',
  name: 'Sam Ruiz',
  about: 'works in support and may open the admin pages',
  tt: { userId: 'user_tt_sam', email: 'sam.support@example.com', role: 'admin' },
  ah: { userId: 'user_ah_sam', email: 'sam.support@example.com', role: 'admin' },
  github: { login: 'sam-ruiz', providerAccountId: '5' },
  discord: { username: 'sam.ruiz', providerAccountId: '1180000000000000103' },
  link: 'never',
}

/** Every persona, in the order the GitHub sandbox is seeded. Do not reorder: see the ids above. */
export const personas: readonly Persona[] = [ada, ben, sam]

/** The personas by key: `persona.ada.tt.userId`. */
export const persona = { ada, ben, sam } as const

/**
 * Somebody with an account at a sign-in provider whom neither app knows until they sign in. A test that needs somebody
 * new every time adds its own at the Discord sandbox (`POST /stand-in/users`).
 */
export interface Stranger {
  name: string
  about: string
  /** null: the provider has no address of theirs. */
  email: string | null
  emailVerified: boolean
  github?: GithubAccount
  discord?: DiscordAccount
}

/** The strangers by key. GitHub numbers go on after the personas'; the order counts here too. */
export const stranger = {
  /** The same GitHub account signs in on both apps. */
  noor: {
    name: 'Noor Haddad',
    about: 'is new on both apps and has one GitHub account',
    email: 'noor@example.com',
    emailVerified: true,
    github: { login: 'noor-haddad', providerAccountId: '6' },
  },
  mia: {
    name: 'Mia Torres',
    about: 'is new on both apps and has one GitHub account',
    email: 'mia@example.com',
    emailVerified: true,
    github: { login: 'mia-torres', providerAccountId: '7' },
  },
  leo: {
    name: 'Leo Brandt',
    about: 'is new on both apps and has one GitHub account',
    email: 'leo@example.com',
    emailVerified: true,
    github: { login: 'leo-brandt', providerAccountId: '8' },
  },
  /** The same Discord account signs in on both apps. */
  kai: {
    name: 'Kai Lindqvist',
    about: 'is new on both apps and has one Discord account',
    email: 'kai@example.com',
    emailVerified: true,
    discord: { username: 'kai.lindqvist', providerAccountId: '1180000000000000111' },
  },
  yuki: {
    name: 'Yuki Sato',
    about: 'is new on both apps and has one Discord account',
    email: 'yuki@example.com',
    emailVerified: true,
    discord: { username: 'yuki.sato', providerAccountId: '1180000000000000112' },
  },
  nils: {
    name: 'Nils Ek',
    about: 'made a Discord account by phone: it has no email address',
    email: null,
    emailVerified: false,
    discord: { username: 'nils.ek', providerAccountId: '1180000000000000113' },
  },
  uma: {
    name: 'Uma Rao',
    about: 'never confirmed the address of her Discord account',
    email: 'uma@example.com',
    emailVerified: false,
    discord: { username: 'uma.rao', providerAccountId: '1180000000000000114' },
  },
} as const satisfies Record<string, Stranger>

/** Every stranger, in order. */
export const strangers: readonly Stranger[] = Object.values(stranger)

/** The GitHub sandbox's users, in the order it is seeded: see the ids above. All their addresses count as verified. */
export const githubUsers = [
  ...personas.map(({ github, name, tt, about }) => ({ ...github, name, email: tt.email, about })),
  ...strangers.flatMap(({ github, name, email, about }) =>
    github === undefined ? [] : [{ ...github, name, email, about }],
  ),
]

/** The Discord sandbox's users. */
export const discordUsers = [
  ...personas.map(({ discord, name, tt }) => ({
    id: discord.providerAccountId,
    username: discord.username,
    name,
    email: tt.email,
    emailVerified: true,
  })),
  ...strangers.flatMap(({ discord, name, email, emailVerified }) =>
    discord === undefined
      ? []
      : [{ id: discord.providerAccountId, username: discord.username, name, email, emailVerified }],
  ),
]

/** The one server on the Discord sandbox. Nobody is in it at the start. */
export const discordGuild = {
  id: '1170000000000000001',
  name: 'TypeScript + AI (local)',
  roles: [
    { id: '1170000000000000011', name: 'Total TypeScript' },
    { id: '1170000000000000012', name: 'AI Hero' },
  ],
} as const

/** The link a linked persona has on both sides, as the seeds write it. */
export const seededLink = {
  linkRevision: 1,
  linkMethod: 'explicit',
  /** Long before anything the stack does, so that "linked first, bought later" holds for every purchase. */
  linkedAt: '2026-01-05T09:00:00.000Z',
} as const

/** How the link of a persona who has unlinked ended: by themselves, without taking anything back. */
export const seededUnlink = {
  linkRevision: 2,
  unlinkedBy: 'user',
  unlinkedAt: '2026-02-02T09:00:00.000Z',
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
