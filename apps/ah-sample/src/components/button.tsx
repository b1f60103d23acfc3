import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'

const shape =
	'inline-flex min-h-12 cursor-pointer items-center justify-center gap-2.5 rounded-md px-5 py-2.5 text-center font-semibold text-sm disabled:cursor-progress disabled:opacity-70'

const looks: Record<ButtonLook, string> = {
	primary: 'bg-primary text-primary-foreground hover:bg-primary-hover',
	secondary: 'border border-input bg-transparent text-foreground hover:bg-secondary',
	quiet: 'bg-transparent text-muted-foreground hover:text-foreground',
	danger: 'border border-destructive bg-destructive-soft text-destructive hover:bg-transparent',
}

/** A button that does something. One primary button a page. */
export function Button({
	look = 'primary',
	className = '',
	...rest
}: ComponentProps<'button'> & { look?: ButtonLook }) {
	return <button type="submit" {...rest} className={`${shape} ${looks[look]} ${className}`} />
}

/** The same look for a link that goes somewhere. Addresses outside this app leave the router alone. */
export function ButtonLink({
	href,
	look = 'primary',
	className = '',
	children,
}: {
	href: string
	look?: ButtonLook
	className?: string
	children: ReactNode
}) {
	const classes = `${shape} ${looks[look]} ${className}`
	if (!href.startsWith('/')) {
		return (
			<a href={href} className={classes}>
				{children}
			</a>
		)
	}
	return (
		<Link href={href} className={classes}>
			{children}
		</Link>
	)
}
