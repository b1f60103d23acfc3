/** How this person's account stands to the one in the other app. All values survive JSON. */
export type LinkView =
  | {state: 'none'}
  | {state: 'unlinking'}
  | {
      state: 'linked'
      /** Null when the link was made by a shared sign-in provider: then no address was exchanged. */
      aiHeroEmail: string | null
      method: 'oauth-github' | 'oauth-discord' | 'explicit'
      /** ISO 8601, UTC. */
      since: string
    }
