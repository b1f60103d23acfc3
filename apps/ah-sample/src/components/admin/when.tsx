import { formatInstant } from '../format-instant'

/** A moment, exact for machines and readable for people; a dash when there is none. */
export function When({ at, className = '' }: { at: string | null; className?: string }) {
	if (at === null) return <span className="text-muted-foreground">–</span>
	return (
		<time dateTime={at} className={`whitespace-nowrap ${className}`}>
			{formatInstant(at)}
		</time>
	)
}
