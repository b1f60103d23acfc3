import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AdminNav } from '@/components/admin/admin-nav'
import { getViewer } from '@/server/auth'

export const metadata: Metadata = {
	title: { default: 'Admin', template: '%s · Admin · AI Hero sample' },
	robots: { index: false, follow: false },
	// Addresses of these pages name people; nobody outside needs to see them.
	referrer: 'same-origin',
}

export default async function AdminLayout({ children }: { children: ReactNode }) {
	const viewer = await getViewer()
	// Each page asks who is there, and knows where a sign-in has to lead back to.
	if (viewer?.role !== 'admin') return children
	return (
		<div className="page flex flex-col gap-8 py-8 sm:py-10">
			<div className="border-border border-b">
				<AdminNav />
			</div>
			{children}
		</div>
	)
}
