/** The scopes of Discord's that the stand-in has, each with what it lets an app do. Any other is refused. */
export const discordScopes: ReadonlyMap<string, string> = new Map([
  ['identify', 'your username and display name'],
  ['email', 'your email address'],
  ['guilds.join', 'join servers for you'],
])
