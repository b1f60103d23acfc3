'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { nextRefreshDelay } from './next-refresh-delay'

/**
 * Asks the server for this page again: again and again while something on it may still change (`active`), and once
 * whenever the reader comes back to the tab, because a purchase, a link or a refund may have happened in another one.
 * Draws nothing, and asks nothing while the tab is hidden.
 */
export function LiveRefresh({ active }: { active: boolean }) {
	const router = useRouter()

	useEffect(() => {
		function look() {
			if (!document.hidden) router.refresh()
		}
		document.addEventListener('visibilitychange', look)
		return () => document.removeEventListener('visibilitychange', look)
	}, [router])

	useEffect(() => {
		if (!active) return
		const startedAt = performance.now()
		let timer: ReturnType<typeof setTimeout>

		function lookLater() {
			timer = setTimeout(
				() => {
					if (!document.hidden) router.refresh()
					lookLater()
				},
				nextRefreshDelay(performance.now() - startedAt),
			)
		}

		lookLater()
		return () => clearTimeout(timer)
	}, [active, router])

	return null
}
