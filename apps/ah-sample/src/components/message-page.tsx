import type { ReactNode } from 'react'

/** A page that says one thing: check your email, not found, something broke. */
export function MessagePage({
	eyebrow,
	title,
	children,
	actions,
}: {
	eyebrow: string
	title: string
	children: ReactNode
	actions?: ReactNode
}) {
	return (
		<div className="page flex flex-col items-start gap-6 py-16 sm:py-24">
			<p className="font-mono text-primary-text text-xs">{eyebrow}</p>
			<h1 className="max-w-reading text-3xl">{title}</h1>
			<div className="flex max-w-reading flex-col gap-4 text-muted-foreground text-lg">{children}</div>
			{actions === undefined ? null : <div className="flex flex-wrap gap-4 pt-2">{actions}</div>}
		</div>
	)
}
