import { type DiscordUser, publicUserObject } from './users.ts'

/** A server on Discord, with the applications whose bots are in it. */
export interface DiscordGuild {
  id: string
  name: string
  botClientIds: readonly string[]
  roles: readonly { id: string; name: string }[]
  members: readonly { userId: string; roles: readonly string[] }[]
}

/** One member of a guild as it is now. */
export interface GuildMember {
  userId: string
  nick: string | null
  roles: Set<string>
  joinedAt: Date
  mute: boolean
  deaf: boolean
}

/** A guild with its members, in memory: a restart brings back those of the seed. */
export interface Guild extends Omit<DiscordGuild, 'members'> {
  members: Map<string, GuildMember>
}

export function openGuilds(guilds: readonly DiscordGuild[], now: () => number): ReadonlyMap<string, Guild> {
  return new Map(
    guilds.map((guild) => {
      const members = new Map(
        guild.members.map(({ userId, roles }) => [
          userId,
          { userId, nick: null, roles: new Set(roles), joinedAt: new Date(now()), mute: false, deaf: false },
        ]),
      )
      return [guild.id, { ...guild, members }]
    }),
  )
}

/** The guild member object of Discord's API. */
export function memberObject(member: GuildMember, user: DiscordUser): Record<string, unknown> {
  return {
    user: publicUserObject(user),
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: member.joinedAt.toISOString().replace('Z', '000+00:00'),
    premium_since: null,
    deaf: member.deaf,
    mute: member.mute,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  }
}
