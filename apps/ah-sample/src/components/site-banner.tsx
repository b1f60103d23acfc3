'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { LiveRefresh } from './live-refresh'
import { showsBanner } from './shows-banner'

/** What stands above every page while something waits for the reader. It goes by itself once nothing waits any more. */
export function SiteBanner({ children }: { children: ReactNode }) {
	if (!showsBanner(usePathname())) return null
	return (
		<div className="page pt-6">
			<LiveRefresh active />
			{children}
		</div>
	)
}
