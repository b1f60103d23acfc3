import type {GetServerSidePropsContext, NextApiRequest, NextApiResponse} from 'next'
import type {Viewer} from '../components/views'
import {getViewer} from './auth'

type Answer = {notFound: true} | {redirect: {destination: string; permanent: false}}

/**
 * For every page under `/admin`: who is signed out may sign in and come back; who is signed in and not support is not
 * told that there is anything.
 */
export async function requireAdmin({
  req,
  res,
  resolvedUrl,
}: Pick<GetServerSidePropsContext, 'req' | 'res' | 'resolvedUrl'>): Promise<
  {viewer: Viewer; answer: null} | {viewer: null; answer: Answer}
> {
  const viewer = await getViewer(req, res)
  // Addresses of people stand on these pages and in their addresses.
  res.setHeader('cache-control', 'private, no-store')
  res.setHeader('referrer-policy', 'same-origin')
  if (viewer === null) {
    const destination = `/sign-in?callbackUrl=${encodeURIComponent(resolvedUrl)}`
    return {viewer: null, answer: {redirect: {destination, permanent: false}}}
  }
  return viewer.role === 'ADMIN' ? {viewer, answer: null} : {viewer: null, answer: {notFound: true}}
}

/** The same for what the pages' forms are sent to; answers by itself when it returns null. */
export async function acceptAdmin(
  request: NextApiRequest,
  response: NextApiResponse,
): Promise<Viewer | null> {
  const viewer = await getViewer(request, response)
  if (viewer === null) {
    response.redirect(303, '/sign-in?callbackUrl=%2Fadmin')
    return null
  }
  if (viewer.role !== 'ADMIN') {
    response.status(404).json({error: 'Not found.'})
    return null
  }
  return viewer
}
