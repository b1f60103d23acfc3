import { APP_NAMES } from '@cross-app/shared'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { listMyCourses } from '@/access/list-my-courses'
import { BundleCourses } from '@/components/bundle-courses'
import { ButtonLink } from '@/components/button'
import { LiveNote } from '@/components/live-note'
import { mayStillChange } from '@/components/may-still-change'
import { MessagePage } from '@/components/message-page'
import { onlyValue } from '@/components/only-value'
import { safeReturnPath } from '@/components/safe-return-path'
import { readLinkedAccount } from '@/cross-app'
import { getViewer } from '@/server/auth'

export const metadata: Metadata = { title: 'Linked' }

/** What the link opened, with the shortest way into each course. */
export default async function LinkDonePage({
	searchParams,
}: {
	searchParams: Promise<{ returnTo?: string | string[] }>
}) {
	const viewer = await getViewer()
	if (viewer === null) redirect('/sign-in?callbackUrl=%2Faccount-link%2Fdone')
	const [{ returnTo }, account, courses] = await Promise.all([
		searchParams,
		readLinkedAccount({ userId: viewer.id }),
		listMyCourses({ userId: viewer.id }),
	])
	if (!account.linked) {
		return (
			<MessagePage
				eyebrow="Linking accounts"
				title="Your accounts are not linked"
				actions={<ButtonLink href={account.linkHref}>Link your accounts</ButtonLink>}
			>
				<p>
					You are signed in here as {viewer.email}, and this account has no link to {account.appName}.
				</p>
			</MessagePage>
		)
	}
	const bundled = courses.filter((course) => course.source.kind === 'bundle' && course.state.tone !== 'ended')
	const onward = onlyValue(returnTo)
	return (
		<div className="page flex flex-col gap-10 py-12 sm:py-16">
			<header className="flex flex-col items-start gap-4">
				<h1 className="text-3xl">Your accounts are linked</h1>
				<p className="max-w-reading text-lg text-muted-foreground">
					{bundled.length === 0
						? `No course of a bundle has arrived yet. One you bought a moment ago on ${APP_NAMES['total-typescript']} opens here within seconds, and so does whatever you buy later.`
						: `What you buy in a bundle on ${APP_NAMES['total-typescript']} opens here by itself from now on. This came with it:`}
				</p>
				<LiveNote active={bundled.length === 0 || bundled.some((course) => mayStillChange(course.state))} />
			</header>
			<BundleCourses courses={bundled} sellerName={account.appName} />
			<div className="flex flex-wrap gap-4">
				{onward === null ? null : <ButtonLink href={safeReturnPath(onward)}>Continue</ButtonLink>}
				<ButtonLink href="/profile" look="secondary">
					My courses
				</ButtonLink>
			</div>
		</div>
	)
}
