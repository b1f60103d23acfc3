import { cookies } from 'next/headers'
import { type LinkReview, linkCookie, linkFormToken, reviewLink } from '@/cross-app'
import { readSession } from './read-session'

export type LinkReviewPage =
	| Exclude<LinkReview, { kind: 'review' }>
	| (Extract<LinkReview, { kind: 'review' }> & {
			/** The hidden field `formToken` of the form that links. */
			formToken: string
	  })

/** What the review page shows: the token from its cookie, and who is signed in here. */
export async function readLinkReviewPage(): Promise<LinkReviewPage> {
	const token = (await cookies()).get(linkCookie().name)?.value
	if (token === undefined) return { kind: 'refused', refusal: 'token-invalid' }
	const session = await readSession()
	const review = await reviewLink({ token, userId: session?.userId ?? null })
	if (review.kind !== 'review') return review
	const sessionToken = session?.sessionToken ?? ''
	return { ...review, formToken: linkFormToken({ sessionToken, tokenId: review.tokenId }) }
}
