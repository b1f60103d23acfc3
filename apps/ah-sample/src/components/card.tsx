import type { ComponentProps } from 'react'

/** The one raised surface. */
export function Card({ className = '', ...rest }: ComponentProps<'div'>) {
	return (
		<div {...rest} className={`rounded-lg border border-border bg-card text-card-foreground ${className}`} />
	)
}
