/** Why two accounts are linked, as the end of a sentence. One that is unknown here says nothing. */
export function linkMethodWords(method: string | null): string | null {
  switch (method) {
    case 'oauth-github':
      return 'because both accounts sign in with the same GitHub account'
    case 'oauth-discord':
      return 'because both accounts sign in with the same Discord account'
    case 'explicit':
      return 'confirmed by you on both sides'
    default:
      return null
  }
}
