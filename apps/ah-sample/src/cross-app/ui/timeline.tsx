import { Fragment } from 'react'
import { formatDay } from './format-day'
import { formatSpan, mergeTimeline, type TimelineEntry } from './merge-timeline'

/** The other app's half: its rows, or why there are none to be had, in a sentence. */
export type OtherHalf = { reached: true; rows: TimelineEntry[] } | { reached: false; reason: string }

/**
 * One story across both apps: two lanes on a wide screen, one column with the app's name on a narrow one. When the other
 * half can't be had, it says so instead of looking empty.
 */
export function Timeline({
	here,
	there,
	hereName,
	thereName,
}: {
	here: TimelineEntry[]
	there: OtherHalf
	hereName: string
	thereName: string
}) {
	const steps = mergeTimeline(here, there.reached ? there.rows : [])
	return (
		<div className="flex flex-col gap-5">
			{there.reached ? null : (
				<div
					role="alert"
					className="rounded-md border border-warning/50 bg-warning-soft px-5 py-4 text-foreground text-sm"
				>
					<p className="font-semibold">{thereName}’s half is missing</p>
					<p>{there.reason} What follows is this app’s own record only.</p>
				</div>
			)}
			{there.reached && there.rows.length === 0 && steps.length > 0 ? (
				<p className="text-muted-foreground text-sm">{thereName} has recorded nothing about this.</p>
			) : null}
			{steps.length === 0 ? (
				<p className="text-muted-foreground">Nothing has been recorded yet.</p>
			) : (
				<div>
					<div
						aria-hidden="true"
						className="hidden grid-cols-[8.5rem_1fr_1fr] gap-x-5 border-border border-b pb-2 font-semibold text-muted-foreground text-xs md:grid"
					>
						<span>UTC</span>
						<span>{thereName}</span>
						<span>{hereName}</span>
					</div>
					<ol className="flex flex-col pt-2">
						{steps.map(({ entry, here: isHere, sinceStartMs, startsDay }) => (
							<Fragment key={`${isHere}:${entry.id}`}>
								{startsDay ? (
									<li aria-hidden="true" className="pt-4 pb-1 font-semibold text-sm">
										{formatDay(entry.at)}
									</li>
								) : null}
								<li
									data-app={isHere ? 'here' : 'there'}
									data-action={entry.action}
									className="grid grid-cols-1 gap-x-5 gap-y-1 py-2.5 md:grid-cols-[8.5rem_1fr_1fr]"
								>
									<p className="font-mono text-xs tabular-nums">
										<time dateTime={entry.at}>
											<span className="sr-only">{formatDay(entry.at)}, </span>
											{entry.at.slice(11, 23)}
										</time>{' '}
										<span className="text-muted-foreground md:block">{formatSpan(sinceStartMs)}</span>
									</p>
									<Entry entry={entry} here={isHere} appName={isHere ? hereName : thereName} />
								</li>
							</Fragment>
						))}
					</ol>
				</div>
			)}
		</div>
	)
}

function Entry({ entry, here, appName }: { entry: TimelineEntry; here: boolean; appName: string }) {
	const { data } = entry
	const product = textOf(data.productId) ?? textOf(data.targetProductId)
	const words = [textOf(data.summary), textOf(data.reason)].filter((text) => text !== null).join(' · ')
	const state = textOf(data.status) ?? textOf(data.state)
	const details = Object.entries({ subject: entry.subject, ...data }).filter(
		([, value]) => value !== null && value !== '',
	)
	const alerts = entry.action.startsWith('alert.')
	return (
		<div
			className={`min-w-0 border-l-4 pl-4 ${here ? 'border-primary md:col-start-3' : 'border-input md:col-start-2'}`}
		>
			<p className="wrap-anywhere text-muted-foreground text-xs">
				<span className="md:sr-only">{appName} · </span>
				{entry.actor}
			</p>
			<p className={`wrap-anywhere font-mono font-semibold text-sm ${alerts ? 'text-destructive' : ''}`}>
				{entry.action}
			</p>
			{words === '' ? null : <p className="wrap-anywhere text-sm">{words}</p>}
			{product === null ? null : (
				<p className="wrap-anywhere font-mono text-muted-foreground text-xs">{product}</p>
			)}
			{typeof data.revision === 'number' || state !== null ? (
				<p className="flex flex-wrap gap-x-3 font-mono text-xs">
					{typeof data.revision === 'number' ? <span>revision {data.revision}</span> : null}
					{state === null ? null : <span>{state}</span>}
				</p>
			) : null}
			{textOf(data.error) === null ? null : (
				<p className="wrap-anywhere font-semibold text-destructive text-sm">{textOf(data.error)}</p>
			)}
			<details className="text-xs">
				<summary className="inline-flex min-h-7 cursor-pointer items-center text-muted-foreground hover:text-foreground">
					Details
				</summary>
				<dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 py-1 font-mono">
					{details.map(([name, value]) => (
						<Fragment key={name}>
							<dt className="text-muted-foreground">{name}</dt>
							<dd className="wrap-anywhere min-w-0">{String(value)}</dd>
						</Fragment>
					))}
				</dl>
			</details>
		</div>
	)
}

function textOf(value: string | number | boolean | null | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null
}
