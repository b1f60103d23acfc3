import type { OAuthClient } from '../oauth/clients.ts'
import type { Grants } from '../oauth/grants.ts'
import type { PersonView } from '../ui/person.ts'

/** Whom the next sign-in is, without anybody pressing a button. */
export interface NextSignIn {
  /** null: the person declines. */
  userId: string | null
  /** Only a sign-in to this application; any unless told. */
  clientId?: string
}

/** What the sign-in pages and the stand-in's own controls know of a provider, whichever it is. */
export interface SignInProvider {
  /** As people write it: `Discord`. */
  brand: string
  clients: ReadonlyMap<string, OAuthClient>
  knownScopes: ReadonlyMap<string, string>
  grants: Grants
  /** The `iss` of every answer; null: none is sent. */
  issuer(): string | null
  /** Everybody there is, in the order in which they were added. */
  people(): readonly PersonView[]
  hasUser(userId: string): boolean
  /** Sign-ins that wait to happen by themselves, oldest first. */
  nextSignIns: NextSignIn[]
}
