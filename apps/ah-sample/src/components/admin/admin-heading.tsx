import Link from 'next/link'
import type { ReactNode } from 'react'

/** The top of an admin page, with the way back to its list. */
export function AdminHeading({
	title,
	back,
	children,
}: {
	title: string
	back?: { href: string; label: string }
	children?: ReactNode
}) {
	return (
		<header className="flex flex-col items-start gap-2">
			{back === undefined ? null : (
				<Link href={back.href} className="text-link inline-flex min-h-8 items-center text-sm">
					{back.label}
				</Link>
			)}
			<h1 className="wrap-anywhere text-2xl">{title}</h1>
			{children}
		</header>
	)
}
