import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { SiteBanner } from '@/components/site-banner'
import { SiteFooter } from '@/components/site-footer'
import { SiteHeader } from '@/components/site-header'
import { readPendingBanner } from '@/cross-app'
import { PendingBanner } from '@/cross-app/ui/pending-banner'
import { getViewer } from '@/server/auth'
import { signOutHere } from './sign-in/actions'
import './globals.css'

/** Every page depends on who is looking. */
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
	title: { default: 'AI Hero sample', template: '%s · AI Hero sample' },
	description: 'Courses for engineers who build with AI.',
	referrer: 'strict-origin-when-cross-origin',
}

export const viewport: Viewport = {
	colorScheme: 'dark light',
	themeColor: [
		{ media: '(prefers-color-scheme: light)', color: '#fbf4e8' },
		{ media: '(prefers-color-scheme: dark)', color: '#0c0a08' },
	],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
	const viewer = await getViewer()
	return (
		<html lang="en">
			<body className="flex min-h-dvh flex-col">
				<a
					href="#main"
					className="sr-only rounded-md bg-primary font-semibold text-primary-foreground focus:not-sr-only focus:absolute focus:top-3 focus:left-3 focus:z-10 focus:px-5 focus:py-2.5"
				>
					Skip to content
				</a>
				<SiteHeader viewer={viewer} signOut={signOutHere} />
				<main id="main" tabIndex={-1} className="grow outline-none">
					{viewer === null ? null : <WaitingBanner userId={viewer.id} />}
					{children}
				</main>
				<SiteFooter />
			</body>
		</html>
	)
}

/** Beside the page, not before it: the page's own queries do not wait for this one. */
async function WaitingBanner({ userId }: { userId: string }) {
	const waiting = await readPendingBanner({ userId })
	if (waiting === null) return null
	return (
		<SiteBanner>
			<PendingBanner courseTitles={waiting.courseTitles} state={waiting.state} />
		</SiteBanner>
	)
}
