'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

const PLACES = [
	{ href: '/admin/grants', label: 'Grants' },
	{ href: '/admin/people', label: 'People' },
	{ href: '/admin/alerts', label: 'Alerts' },
]

/** Where support can go, and where it is. */
export function AdminNav() {
	const path = usePathname()
	return (
		<nav aria-label="Admin" className="flex flex-wrap gap-x-8">
			{PLACES.map(({ href, label }) => (
				<Link
					key={href}
					href={href}
					aria-current={path.startsWith(href) ? 'page' : undefined}
					className="inline-flex min-h-12 items-center border-transparent -mb-px border-b-2 font-semibold text-muted-foreground text-sm hover:text-foreground aria-[current=page]:border-primary aria-[current=page]:text-foreground"
				>
					{label}
				</Link>
			))}
		</nav>
	)
}
