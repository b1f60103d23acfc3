import { randomInt } from 'node:crypto'
import { type Fields, SeedError } from '../seed-fields.ts'

/** A user on GitHub. */
export interface GithubUser {
  /** A number, as a text: what an app keeps as the provider's account id. */
  id: string
  login: string
  name: string | null
  /** What the profile shows to everybody; null: nothing, which is GitHub's default. */
  publicEmail: string | null
  /** All addresses on file, none to many; at most one is primary. */
  emails: readonly GithubEmail[]
}

export interface GithubEmail {
  email: string
  primary: boolean
  verified: boolean
}

/** A user to be added; what is left out gets a new id, no name, no address. */
export type NewGithubUser = Pick<GithubUser, 'login'> & Partial<GithubUser>

/** @throws SeedError naming the field */
export function readGithubUser(fields: Fields): GithubUser {
  const id = fields.optionalText('id') ?? String(randomInt(1_000_000, 2 ** 40))
  if (!/^[1-9]\d{0,14}$/.test(id)) throw fields.refuse('id', 'a positive number, as a text')
  const login = fields.text('login')
  if (!/^[a-zA-Z0-9](-?[a-zA-Z0-9]){0,38}$/.test(login)) {
    throw fields.refuse('login', '1 to 39 letters or digits with single dashes between them')
  }
  const emails = fields.objects('emails').map((email) => ({
    email: email.text('email'),
    primary: email.flag('primary', false),
    verified: email.flag('verified', false),
  }))
  if (emails.filter(({ primary }) => primary).length > 1) {
    throw new SeedError(`The user ${login} has two primary addresses.`)
  }
  return {
    id,
    login,
    name: fields.textOrNull('name'),
    publicEmail: fields.textOrNull('publicEmail'),
    emails,
  }
}
