import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { listMyCourses } from '@/access/list-my-courses'
import { Button } from '@/components/button'
import { describeSignIns } from '@/components/describe-sign-ins'
import { LiveNote } from '@/components/live-note'
import { LoadingList } from '@/components/loading-list'
import { mayStillChange } from '@/components/may-still-change'
import { MyCourses } from '@/components/my-courses'
import { Notice } from '@/components/notice'
import { onlyValue } from '@/components/only-value'
import { readLinkedAccount, readPendingBanner } from '@/cross-app'
import { ConnectedSignIns } from '@/cross-app/ui/connected-sign-ins'
import { LinkedAccount } from '@/cross-app/ui/linked-account'
import { discordEnabled, getViewer, type Viewer } from '@/server/auth'
import { listSignInProviders } from '@/server/list-sign-in-providers'

export const metadata: Metadata = { title: 'My courses' }

export default async function ProfilePage({
	searchParams,
}: {
	searchParams: Promise<{ account?: string | string[] }>
}) {
	const viewer = await getViewer()
	if (viewer === null) redirect('/sign-in?callbackUrl=%2Fprofile')
	const { account } = await searchParams
	return (
		<div className="page flex flex-col gap-12 py-12 sm:py-16">
			<AccountNotice outcome={onlyValue(account)} />
			<header className="flex min-w-0 flex-col gap-2">
				<h1 className="text-3xl">{viewer.name ?? 'Your profile'}</h1>
				<p className="wrap-anywhere text-muted-foreground">{viewer.email}</p>
			</header>
			<Suspense fallback={<LoadingList rows={3} />}>
				<CoursesAndAccount viewer={viewer} />
			</Suspense>
		</div>
	)
}

async function CoursesAndAccount({ viewer }: { viewer: Viewer }) {
	const userId = viewer.id
	const [courses, banner, account, signIns] = await Promise.all([
		listMyCourses({ userId }),
		readPendingBanner({ userId }),
		readLinkedAccount({ userId }),
		listSignInProviders({ userId }),
	])
	return (
		<>
			<section aria-labelledby="my-courses-title" className="flex flex-col gap-6">
				<div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2">
					<h2 id="my-courses-title" className="text-2xl">
						My courses
					</h2>
					<LiveNote active={banner !== null || courses.some((course) => mayStillChange(course.state))} />
				</div>
				<MyCourses courses={courses} sellerName={account.appName} />
			</section>
			<SettingsSection id="linked-account" title="Linked account">
				<LinkedAccount
					account={account.linked ? { ...account, as: account.sellerEmail } : account}
					unlinkPath="/profile/unlink"
				/>
			</SettingsSection>
			<SettingsSection id="connected-sign-ins" title="Connected sign-ins">
				<ConnectedSignIns
					signIns={describeSignIns({ ...signIns, email: viewer.email, discordOffered: discordEnabled() })}
				/>
			</SettingsSection>
			<SettingsSection id="delete-account" title="Delete account">
				<p className="max-w-prose text-muted-foreground">
					Deletes this AI Hero account for good, with everything you can open here. We ask once more before it
					happens.
				</p>
				<form action="/profile/delete">
					<Button look="secondary">Delete account</Button>
				</form>
			</SettingsSection>
		</>
	)
}

function SettingsSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
	return (
		<section
			id={id}
			aria-labelledby={`${id}-title`}
			className="flex flex-col items-start gap-5 border-border border-t pt-10"
		>
			<h2 id={`${id}-title`} className="text-xl">
				{title}
			</h2>
			{children}
		</section>
	)
}

function AccountNotice({ outcome }: { outcome: string | null }) {
	if (outcome === 'unlinked') {
		return (
			<Notice>
				Your accounts are no longer linked. What is open here stays open; what you buy there from now on does
				not open here by itself.
			</Notice>
		)
	}
	if (outcome === 'not-confirmed') {
		return <Notice>Nothing was deleted. Deleting your account has to be confirmed.</Notice>
	}
	return null
}
