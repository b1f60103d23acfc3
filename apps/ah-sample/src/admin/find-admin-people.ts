import { type FoundPerson, support } from '@/cross-app'
import { env } from '@/server/env'
import { openSearch } from './sealed-search'

/** `search`: in the clear; null when the address holds one that can't be read. */
export type AdminPeoplePage = { search: string | null; people: FoundPerson[] }

/** Whom the address asks for; nobody when it asks for nobody. The page has checked who is looking. */
export async function findAdminPeople({ q }: { q: string }): Promise<AdminPeoplePage> {
	const search = openSearch(q, env.AUTH_SECRET)
	return { search, people: search === null || search === '' ? [] : await support.findPeople({ search }) }
}
