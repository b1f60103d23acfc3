import { APP_NAMES } from '@cross-app/shared'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { listMyCourses } from '@/access/list-my-courses'
import { BundleCourses } from '@/components/bundle-courses'
import { ButtonLink } from '@/components/button'
import { LiveNote } from '@/components/live-note'
import { MessagePage } from '@/components/message-page'
import { readLinkedAccount, readPendingBanner } from '@/cross-app'
import { joinTitles } from '@/cross-app/ui/join-titles'
import { StateBadge } from '@/cross-app/ui/state-badge'
import { getViewer } from '@/server/auth'

export const metadata: Metadata = {
	title: 'Your bundle',
	robots: { index: false, follow: false },
	referrer: 'same-origin',
}

/**
 * Where the mail about a waiting bundle leads: what waits, and the way to open it. It says nothing that the address of
 * the person signed in does not vouch for; linking works whatever address they use here.
 */
export default async function ClaimPage() {
	const viewer = await getViewer()
	if (viewer === null) redirect('/sign-in?callbackUrl=%2Fclaim')
	const [waiting, account, courses] = await Promise.all([
		readPendingBanner({ userId: viewer.id }),
		readLinkedAccount({ userId: viewer.id }),
		listMyCourses({ userId: viewer.id }),
	])
	const seller = APP_NAMES['total-typescript']
	if (account.linked) {
		const bundled = courses.filter((course) => course.source.kind === 'bundle')
		return (
			<div className="page flex flex-col gap-10 py-12 sm:py-16">
				<header className="flex flex-col items-start gap-4">
					<h1 className="text-3xl">Your accounts are linked</h1>
					<p className="max-w-reading text-lg text-muted-foreground">
						{bundled.length === 0
							? `Nothing waits for you. What you buy in a bundle on ${seller} opens here by itself.`
							: 'Nothing is left to do. This came with your bundle:'}
					</p>
					<LiveNote active={bundled.length === 0} />
				</header>
				<BundleCourses courses={bundled} sellerName={account.appName} />
			</div>
		)
	}
	if (waiting !== null) {
		const { state, courseTitles } = waiting
		return (
			<MessagePage
				eyebrow={`Your bundle from ${seller}`}
				title={joinTitles(courseTitles)}
				actions={
					state.action === null ? undefined : (
						<ButtonLink href={state.action.href}>{state.action.label}</ButtonLink>
					)
				}
			>
				<p>
					<StateBadge tone={state.tone} label={state.badge} />
				</p>
				<p className="text-foreground">{state.sentence}</p>
				<LiveNote active />
			</MessagePage>
		)
	}
	return (
		<MessagePage
			eyebrow={`Your bundle from ${seller}`}
			title="One step is left"
			actions={<ButtonLink href={account.linkHref}>Link your accounts</ButtonLink>}
		>
			<p>
				Link your two accounts, and what you bought in a bundle on {seller} opens here. It does not matter
				which address you use on AI Hero.
			</p>
			<p className="text-base">
				You are signed in as <span className="wrap-anywhere text-foreground">{viewer.email}</span>. The
				courses will open in this account.
			</p>
			<LiveNote active />
		</MessagePage>
	)
}
