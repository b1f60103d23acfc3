import type { Metadata } from 'next'
import type { ReactNode } from 'react'

/**
 * Not for search engines. No address of these pages carries a token, and none is told to another site; `no-referrer`
 * would go further than needed: browsers then send `Origin: null` with this app's own forms, which are refused for it.
 */
export const metadata: Metadata = {
	robots: { index: false, follow: false },
	referrer: 'same-origin',
}

export default function AccountLinkLayout({ children }: { children: ReactNode }) {
	return children
}
