import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { listMyCourses } from '@/access/list-my-courses'
import { LiveNote } from '@/components/live-note'
import { LoadingList } from '@/components/loading-list'
import { mayStillChange } from '@/components/may-still-change'
import { MyCourses } from '@/components/my-courses'
import { SubmitButton } from '@/components/submit-button'
import { readLinkedAccount, readPendingBanner } from '@/cross-app'
import { LinkedAccount } from '@/cross-app/ui/linked-account'
import { PendingBanner } from '@/cross-app/ui/pending-banner'
import { getViewer } from '@/server/auth'
import { signOutHere } from '../sign-in/actions'

export const metadata: Metadata = { title: 'My courses' }

export default async function ProfilePage() {
	const viewer = await getViewer()
	if (viewer === null) redirect('/sign-in?callbackUrl=%2Fprofile')
	return (
		<div className="page flex flex-col gap-12 py-12 sm:py-16">
			<header className="flex min-w-0 flex-col gap-2">
				<h1 className="text-3xl">{viewer.name ?? 'Your profile'}</h1>
				<p className="break-all text-muted-foreground">{viewer.email}</p>
			</header>
			<Suspense fallback={<LoadingList rows={3} />}>
				<CoursesAndAccount userId={viewer.id} />
			</Suspense>
			<form action={signOutHere}>
				<SubmitButton look="secondary" workingLabel="Signing out…">
					Sign out
				</SubmitButton>
			</form>
		</div>
	)
}

async function CoursesAndAccount({ userId }: { userId: string }) {
	const [courses, banner, account] = await Promise.all([
		listMyCourses({ userId }),
		readPendingBanner({ userId }),
		readLinkedAccount({ userId }),
	])
	return (
		<>
			{banner === null ? null : <PendingBanner courseTitles={banner.courseTitles} state={banner.state} />}
			<section aria-labelledby="my-courses-title" className="flex flex-col gap-6">
				<div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2">
					<h2 id="my-courses-title" className="text-2xl">
						My courses
					</h2>
					<LiveNote active={banner !== null || courses.some((course) => mayStillChange(course.state))} />
				</div>
				<MyCourses courses={courses} sellerName={account.appName} />
			</section>
			<section
				aria-labelledby="account-title"
				className="flex flex-col items-start gap-5 border-border border-t pt-10"
			>
				<h2 id="account-title" className="text-xl">
					Account
				</h2>
				<LinkedAccount {...account} />
			</section>
		</>
	)
}
