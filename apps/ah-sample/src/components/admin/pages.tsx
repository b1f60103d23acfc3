import Link from 'next/link'

/** The way to the next page of a list, and back to its first. */
export function Pages({
	label,
	firstHref,
	nextHref,
}: {
	label: string
	firstHref: string | null
	nextHref: string | null
}) {
	if (firstHref === null && nextHref === null) return null
	const look =
		'inline-flex min-h-12 items-center rounded-md border border-input px-5 font-semibold text-sm hover:bg-secondary'
	return (
		<nav aria-label={label} className="flex flex-wrap justify-between gap-4">
			{firstHref === null ? (
				<span />
			) : (
				<Link href={firstHref} className={look}>
					Back to the newest
				</Link>
			)}
			{nextHref === null ? null : (
				<Link href={nextHref} className={look}>
					Older
				</Link>
			)}
		</nav>
	)
}
