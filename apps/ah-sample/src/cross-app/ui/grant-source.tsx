import type { GrantDescription } from '../grants/describe-grant'
import { formatDay } from './format-day'
import { StateBadge } from './state-badge'

/** Where access came from: a purchase in this app, or a bundle sold by the other one. */
export type GrantSourceView =
	| { kind: 'bought-here'; at: string }
	| { kind: 'bundle'; bundleName: string | null; at: string }

/**
 * One line on where a course came from, and what its state is in the server's words.
 *
 * @param sellerName what people call the app that sold the bundle
 */
export function GrantSource({
	source,
	state,
	sellerName,
}: {
	source: GrantSourceView
	state: GrantDescription
	sellerName: string
}) {
	return (
		<div className="flex flex-col gap-2">
			<p className="flex flex-wrap items-center gap-x-3 gap-y-2">
				<StateBadge tone={state.tone} label={state.badge} />
				<span className="text-sm">{describeSource(source, sellerName)}</span>
				<time dateTime={source.at} className="whitespace-nowrap text-muted-foreground text-sm">
					{formatDay(source.at)}
				</time>
			</p>
			<p className="max-w-prose text-muted-foreground">{state.sentence}</p>
			{state.reference === null ? null : (
				<p className="text-muted-foreground text-xs">
					Quote this to support:{' '}
					<code className="break-all font-mono text-foreground">{state.reference}</code>
				</p>
			)}
			{state.action === null ? null : (
				<p>
					<a
						href={state.action.href}
						className="text-link inline-flex min-h-11 items-center font-semibold text-sm"
					>
						{state.action.label}
					</a>
				</p>
			)}
		</div>
	)
}

/** "Bought here" or "From your … bundle"; the bundle's own name when it is known. */
export function describeSource(source: GrantSourceView, sellerName: string): string {
	if (source.kind === 'bought-here') return 'Bought here'
	if (source.bundleName === null) return `From your ${sellerName} bundle`
	return `From your ${sellerName} bundle “${source.bundleName}”`
}
