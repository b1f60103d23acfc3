import type { ReactNode } from 'react'

/** A plain label. States have their own, `StateBadge`. */
export function Badge({ look = 'plain', children }: { look?: 'plain' | 'owned'; children: ReactNode }) {
	const colours =
		look === 'owned'
			? 'border-success/50 bg-success-soft text-success'
			: 'border-border bg-secondary text-secondary-foreground'
	return (
		<span
			className={`inline-flex items-center rounded-full border px-3 py-0.5 font-semibold text-xs ${colours}`}
		>
			{children}
		</span>
	)
}
