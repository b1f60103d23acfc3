/** The scopes of GitHub's that the stand-in has, each with what it lets an app do. Any other is refused. */
export const githubScopes: ReadonlyMap<string, string> = new Map([
  ['read:user', 'your profile'],
  ['user:email', 'your email addresses'],
])
