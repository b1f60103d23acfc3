import type { OAuthClient } from '../oauth/clients.ts'
import type { SignInProvider } from '../sign-in/provider.ts'
import type { Guild } from './guilds.ts'
import type { DiscordUser } from './users.ts'

/** An application on Discord; with a bot if it has a bot token. */
export interface DiscordClient extends OAuthClient {
  botToken?: string
}

/** Everything that answering a request needs. */
export interface DiscordContext {
  provider: SignInProvider
  clients: ReadonlyMap<string, DiscordClient>
  users: ReadonlyMap<string, DiscordUser>
  guilds: ReadonlyMap<string, Guild>
  now: () => number
  /** `http://127.0.0.1:<port>` */
  url(): string
}
