import { randomInt } from 'node:crypto'
import type { Fields } from '../seed-fields.ts'

/** A user as the seed file has it, with Discord's own names. */
export interface DiscordUser {
  /** A snowflake. */
  id: string
  username: string
  global_name: string | null
  /** null: an account made with a phone number only. */
  email: string | null
  /** Whether the address was confirmed. */
  verified: boolean
}

/** A user to be added; what is left out gets a new snowflake, no display name, no address. */
export type NewDiscordUser = Pick<DiscordUser, 'username'> & Partial<DiscordUser>

const SNOWFLAKE = /^\d{17,20}$/
/** Discord's rule since discriminators are gone. */
const USERNAME = /^[a-z0-9_.]{2,32}$/
const DISCORD_EPOCH_MS = 1_420_070_400_000

/** Whether a text can be an id of Discord's. */
export function isSnowflake(text: string): boolean {
  return SNOWFLAKE.test(text)
}

/** A new id: the time in the upper bits, as in Discord's own. */
export function newSnowflake(): string {
  return String((BigInt(Date.now() - DISCORD_EPOCH_MS) << 22n) + BigInt(randomInt(2 ** 22)))
}

/** @throws SeedError naming the field */
export function readDiscordUser(fields: Fields): DiscordUser {
  const id = fields.optionalText('id') ?? newSnowflake()
  if (!isSnowflake(id)) throw fields.refuse('id', 'a snowflake: 17 to 20 digits, as a text')
  const username = fields.text('username')
  if (!USERNAME.test(username)) {
    throw fields.refuse('username', '2 to 32 lower-case letters, digits, dots or underscores')
  }
  const email = fields.textOrNull('email')
  const verified = fields.flag('verified', false)
  if (email === null && verified) throw fields.refuse('verified', 'false without an email address')
  return { id, username, global_name: fields.textOrNull('global_name'), email, verified }
}

/** The user as others see them: in a guild member, for example. */
export function publicUserObject({ id, username, global_name }: DiscordUser): Record<string, unknown> {
  return {
    id,
    username,
    discriminator: '0',
    global_name,
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    public_flags: 0,
  }
}

/** The user as an app sees the one who signed in. The address only comes with the scope `email`. */
export function currentUserObject(user: DiscordUser, scopes: readonly string[]): Record<string, unknown> {
  return {
    ...publicUserObject(user),
    flags: 0,
    locale: 'en-US',
    mfa_enabled: false,
    ...(scopes.includes('email') ? { email: user.email, verified: user.verified } : {}),
  }
}
