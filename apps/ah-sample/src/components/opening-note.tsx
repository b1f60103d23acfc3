'use client'

import { useLinkStatus } from 'next/link'
import type { ReactNode } from 'react'

/** Stands inside a link and says "Opening…" in place of its content while the page behind the link is on its way. */
export function OpeningNote({ children }: { children: ReactNode }) {
	const { pending } = useLinkStatus()
	return pending ? <span role="status">Opening…</span> : children
}
