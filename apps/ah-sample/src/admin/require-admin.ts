import { notFound, redirect } from 'next/navigation'
import { getViewer, type Viewer } from '@/server/auth'

/**
 * Lets only administrators on. Called by each page: a layout is not rendered anew when somebody goes from page to page, and does
 * not know where a sign-in has to lead back to. Who may not see it is not told that it exists.
 *
 * @param path where a sign-in leads back to
 */
export async function requireAdmin(path: string): Promise<Viewer> {
	const viewer = await getViewer()
	if (viewer === null) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)
	if (viewer.role !== 'admin') notFound()
	return viewer
}
