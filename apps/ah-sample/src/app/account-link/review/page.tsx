import { APP_NAMES } from '@cross-app/shared'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { describeLinkProblem } from '@/components/describe-link-problem'
import { LinkProblemPage } from '@/components/link-problem-page'
import { PostForm } from '@/components/post-form'
import { joinTitles } from '@/cross-app/ui/join-titles'
import { LinkIdentities } from '@/cross-app/ui/link-identities'
import { readLinkReviewPage } from '@/server/account-link'
import { totalTypeScriptLinkUrl } from '@/server/total-typescript-urls'

export const metadata: Metadata = { title: 'Link your accounts' }

/** Both accounts, and the one button that links them. Whom the request came from is in a cookie, never in the address. */
export default async function LinkReviewPage() {
	const review = await readLinkReviewPage()
	if (review.kind === 'sign-in') redirect('/sign-in?callbackUrl=%2Faccount-link%2Freview')
	if (review.kind === 'refused') {
		return (
			<LinkProblemPage
				problem={describeLinkProblem(review.refusal)}
				code={review.refusal}
				sellerLinkHref={totalTypeScriptLinkUrl()}
				maySwitch={
					review.refusal === 'granter-linked-elsewhere' || review.refusal === 'seller-linked-elsewhere'
				}
			/>
		)
	}
	if (review.alreadyLinked) redirect('/account-link/done')
	const { seller, viewer, waitingCourseTitles, formToken } = review
	return (
		<div className="page flex flex-col gap-9 py-12 sm:py-16">
			<header className="flex flex-col gap-4">
				<h1 className="text-3xl">Link your accounts</h1>
				<p className="max-w-reading text-lg text-muted-foreground">
					Are both of these yours? Then link them, and what you buy in a bundle on{' '}
					{APP_NAMES['total-typescript']} opens here, in this {APP_NAMES['ai-hero']} account.
				</p>
			</header>
			<LinkIdentities
				identities={[
					{ appName: APP_NAMES['total-typescript'], ...seller },
					{ appName: APP_NAMES['ai-hero'], ...viewer },
				]}
			/>
			<WaitingCourses titles={waitingCourseTitles} />
			<div className="flex flex-wrap items-center gap-4">
				<PostForm action="/account-link/accept" fields={{ formToken }} workingLabel="Linking…">
					Link accounts
				</PostForm>
				<PostForm action="/account-link/switch" workingLabel="Signing out…" look="secondary">
					Not you?
				</PostForm>
			</div>
			<p className="max-w-reading text-muted-foreground text-sm">
				Total TypeScript will see the address of this AI Hero account, and the other way round; nothing else
				is exchanged. You can unlink at any time in your profile. “Not you?” signs you out here, so that you
				can sign in with another account. If the Total TypeScript account is not yours, just close this page.
			</p>
		</div>
	)
}

function WaitingCourses({ titles }: { titles: string[] }) {
	if (titles.length === 0) {
		return (
			<p className="max-w-reading">
				No course is waiting right now. A bundle you buy later opens here by itself.
			</p>
		)
	}
	return (
		<p className="max-w-reading">
			<strong>{titles.length === 1 ? '1 course waits' : `${titles.length} courses wait`} for you</strong> and{' '}
			{titles.length === 1 ? 'opens' : 'open'} at once: {joinTitles(titles)}.
		</p>
	)
}
