import type { ReactNode } from 'react'

/** A short message about what just happened on this page. */
export function Notice({ tone = 'plain', children }: { tone?: 'plain' | 'problem'; children: ReactNode }) {
	const colours =
		tone === 'problem'
			? 'border-destructive/50 bg-destructive-soft text-foreground'
			: 'border-border bg-secondary text-foreground'
	return (
		<div
			role={tone === 'problem' ? 'alert' : 'status'}
			className={`rounded-md border px-5 py-4 text-sm ${colours}`}
		>
			{children}
		</div>
	)
}
