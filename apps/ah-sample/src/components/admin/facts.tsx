import type { ReactNode } from 'react'

/** Names and values, one below the other. */
export function Facts({ children }: { children: ReactNode }) {
	return <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-[11rem_1fr]">{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div className="contents">
			<dt className="text-muted-foreground text-sm sm:pt-0.5">{name}</dt>
			<dd className="wrap-anywhere min-w-0 max-sm:-mt-3">{children}</dd>
		</div>
	)
}

/** An id, which people compare and copy. */
export function Id({ children }: { children: ReactNode }) {
	return <code className="wrap-anywhere font-mono text-xs">{children}</code>
}

/** A titled part of an admin page. */
export function Part({
	id,
	title,
	note,
	children,
}: {
	id: string
	title: string
	note?: ReactNode
	children: ReactNode
}) {
	return (
		<section
			id={id}
			aria-labelledby={`${id}-title`}
			className="flex min-w-0 flex-col gap-4 border-border border-t pt-8"
		>
			<div className="flex flex-col gap-1">
				<h2 id={`${id}-title`} className="text-xl">
					{title}
				</h2>
				{note === undefined ? null : <p className="max-w-prose text-muted-foreground text-sm">{note}</p>}
			</div>
			{children}
		</section>
	)
}

/** What stands where there is nothing. */
export function Nothing({ children }: { children: ReactNode }) {
	return (
		<div className="flex flex-col items-start gap-3 rounded-lg border border-border border-dashed px-5 py-6 text-muted-foreground">
			{children}
		</div>
	)
}
