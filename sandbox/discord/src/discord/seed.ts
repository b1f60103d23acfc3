import { readFileSync } from 'node:fs'
import { type Fields, fieldsOf, SeedError } from '../seed-fields.ts'
import type { DiscordClient } from './context.ts'
import type { DiscordGuild } from './guilds.ts'
import { type DiscordUser, isSnowflake, readDiscordUser } from './users.ts'

/** The content of a seed file. */
export interface DiscordSeed {
  clients: readonly DiscordClient[]
  users: readonly DiscordUser[]
  guilds: readonly DiscordGuild[]
}

function snowflake(fields: Fields, name: string): string {
  const id = fields.text(name)
  if (!isSnowflake(id)) throw fields.refuse(name, 'a snowflake: 17 to 20 digits, as a text')
  return id
}

function readClient(fields: Fields): DiscordClient {
  const redirectUris = fields.texts('redirectUris')
  if (redirectUris.length === 0 || !redirectUris.every((uri) => URL.canParse(uri))) {
    throw fields.refuse('redirectUris', 'a list of one or more complete addresses')
  }
  const botToken = fields.optionalText('botToken')
  return {
    id: snowflake(fields, 'id'),
    secret: fields.text('secret'),
    name: fields.text('name'),
    redirectUris,
    ...(botToken === undefined ? {} : { botToken }),
  }
}

function readGuild(fields: Fields): DiscordGuild {
  return {
    id: snowflake(fields, 'id'),
    name: fields.text('name'),
    botClientIds: fields.texts('botClientIds'),
    roles: fields.objects('roles').map((role) => ({ id: snowflake(role, 'id'), name: role.text('name') })),
    members: fields.objects('members').map((member) => ({
      userId: snowflake(member, 'userId'),
      roles: member.texts('roles'),
    })),
  }
}

function assertDifferent(ids: readonly string[], what: string): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw new SeedError(`Two ${what} have the id ${twice}.`)
}

/**
 * Reads and checks a seed, whole or not at all.
 *
 * @throws SeedError naming the first field that is wrong
 */
export function readDiscordSeed(value: unknown): DiscordSeed {
  const fields = fieldsOf(value, 'seed')
  const seed = {
    clients: fields.objects('clients').map(readClient),
    users: fields.objects('users').map(readDiscordUser),
    guilds: fields.objects('guilds').map(readGuild),
  }
  for (const what of ['clients', 'users', 'guilds'] as const) {
    assertDifferent(
      seed[what].map(({ id }) => id),
      what,
    )
  }
  const people = new Set(seed.users.map(({ id }) => id))
  for (const guild of seed.guilds) {
    const roles = new Set(guild.roles.map(({ id }) => id))
    for (const member of guild.members) {
      if (!people.has(member.userId)) {
        throw new SeedError(`The guild ${guild.name} has a member ${member.userId} who is no user.`)
      }
      const unknown = member.roles.find((role) => !roles.has(role))
      if (unknown !== undefined) throw new SeedError(`The guild ${guild.name} has no role ${unknown}.`)
    }
  }
  return seed
}

/** @throws SeedError when the file is missing, no JSON, or wrong */
export function readDiscordSeedFile(file: string): DiscordSeed {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new SeedError(`The seed file ${file} can't be read: ${(error as Error).message}`)
  }
  return readDiscordSeed(value)
}
