import { cookies } from 'next/headers'
import { getViewer } from './auth'
import { sessionCookieName } from './auth-cookies'

/** The signed-in person with their session's own token, for what is bound to a session; null when nobody is. */
export async function readSession(): Promise<{
	userId: string
	name: string | null
	email: string
	sessionToken: string
} | null> {
	const viewer = await getViewer()
	const sessionToken = (await cookies()).get(sessionCookieName())?.value
	if (viewer === null || sessionToken === undefined) return null
	return { userId: viewer.id, name: viewer.name, email: viewer.email, sessionToken }
}
