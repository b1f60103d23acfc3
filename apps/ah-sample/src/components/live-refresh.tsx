'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect } from 'react'
import { nextRefreshDelay } from './next-refresh-delay'

/** Several on one page, in the banner and in its content, look once together. */
let lastLookAt = Number.NEGATIVE_INFINITY
const TOGETHER_MS = 500

/**
 * Asks the server for this page again: again and again while something on it may still change (`active`), and once
 * whenever the reader comes back to the tab, because a purchase, a link or a refund may have happened in another one.
 * Draws nothing, and asks nothing while the tab is hidden.
 */
export function LiveRefresh({ active }: { active: boolean }) {
	const router = useRouter()

	const look = useCallback(() => {
		if (document.hidden || performance.now() - lastLookAt < TOGETHER_MS) return
		lastLookAt = performance.now()
		router.refresh()
	}, [router])

	useEffect(() => {
		document.addEventListener('visibilitychange', look)
		return () => document.removeEventListener('visibilitychange', look)
	}, [look])

	useEffect(() => {
		if (!active) return
		const startedAt = performance.now()
		let timer: ReturnType<typeof setTimeout>

		function lookLater() {
			timer = setTimeout(
				() => {
					look()
					lookLater()
				},
				nextRefreshDelay(performance.now() - startedAt),
			)
		}

		lookLater()
		return () => clearTimeout(timer)
	}, [active, look])

	return null
}
