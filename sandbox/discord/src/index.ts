export type { DiscordClient } from './discord/context.ts'
export type { DiscordGuild } from './discord/guilds.ts'
export { type DiscordSeed, readDiscordSeed, readDiscordSeedFile } from './discord/seed.ts'
export { type Discord, type DiscordOptions, startDiscord } from './discord/start-discord.ts'
export type { DiscordUser, NewDiscordUser } from './discord/users.ts'
export {
  type StrictGithub,
  type StrictGithubOptions,
  startStrictGitHub,
} from './github/start-strict-github.ts'
export type { GithubEmail, GithubUser, NewGithubUser } from './github/users.ts'
export type { OAuthClient } from './oauth/clients.ts'
export { SeedError } from './seed-fields.ts'
