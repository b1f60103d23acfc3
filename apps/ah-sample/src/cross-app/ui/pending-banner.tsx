import type { GrantDescription } from '../grants/describe-grant'
import { joinTitles } from './join-titles'
import { StateBadge } from './state-badge'

/** What waits for the reader, in the server's words. */
export interface PendingBannerView {
	courseTitles: string[]
	state: GrantDescription
}

/** Tells a signed-in reader that a bundle they bought elsewhere waits here, and what to do about it. */
export function PendingBanner({ courseTitles, state }: PendingBannerView) {
	if (courseTitles.length === 0) return null
	return (
		<section
			aria-label="Courses waiting for you"
			className="flex flex-col gap-4 rounded-lg border border-warning/50 bg-warning-soft p-5 sm:flex-row sm:items-center sm:justify-between sm:gap-8"
		>
			<div className="flex flex-col items-start gap-2">
				<StateBadge tone={state.tone} label={state.badge} />
				<p className="font-semibold text-lg">{joinTitles(courseTitles)}</p>
				<p className="max-w-prose text-sm">{state.sentence}</p>
			</div>
			{state.action === null ? null : (
				<a
					href={state.action.href}
					className="inline-flex min-h-12 shrink-0 items-center justify-center rounded-md bg-primary px-5 font-semibold text-primary-foreground text-sm hover:bg-primary-hover"
				>
					{state.action.label}
				</a>
			)}
		</section>
	)
}
