/** A still placeholder for what is loading. It does not shimmer: nothing has changed yet. */
function Skeleton({ className }: { className: string }) {
	return <div aria-hidden="true" className={`rounded-lg bg-secondary ${className}`} />
}

/** A list that is loading: said once for who can't see it, drawn for who can. */
export function LoadingList({ rows }: { rows: number }) {
	return (
		<div className="flex flex-col gap-5" aria-busy="true">
			<p role="status" className="sr-only">
				Loading…
			</p>
			{Array.from({ length: rows }, (_, row) => (
				<Skeleton key={row} className="h-44 w-full" />
			))}
		</div>
	)
}
