'use client'

import { useEffect, useState } from 'react'
import { LiveRefresh } from './live-refresh'

/**
 * Says that the page looks again by itself, and makes it do so, while something on it may still change. Once it has
 * changed, says that too, also to who can't see it. Place it where it stays when the rest of the page changes.
 */
export function LiveNote({ active }: { active: boolean }) {
	const [hasWaited, setHasWaited] = useState(active)

	useEffect(() => {
		if (active) setHasWaited(true)
	}, [active])

	return (
		<>
			<LiveRefresh active={active} />
			<div role="status" className="text-muted-foreground text-sm">
				{active ? <p>This page updates by itself. You can leave it open.</p> : null}
				{!active && hasWaited ? <p>This page has just been updated.</p> : null}
			</div>
		</>
	)
}
