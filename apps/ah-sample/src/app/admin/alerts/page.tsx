import type { Metadata } from 'next'
import Link from 'next/link'
import { alertsHref, listAdminAlerts } from '@/admin/list-admin-alerts'
import { requireAdmin } from '@/admin/require-admin'
import { AdminHeading } from '@/components/admin/admin-heading'
import { Nothing } from '@/components/admin/facts'
import { Pages } from '@/components/admin/pages'
import { When } from '@/components/admin/when'
import { onlyValue } from '@/components/only-value'

export const metadata: Metadata = { title: 'Alerts' }

export default async function AlertsPage({
	searchParams,
}: {
	searchParams: Promise<{ kind?: string | string[]; after?: string | string[] }>
}) {
	const given = await searchParams
	const after = onlyValue(given.after) ?? ''
	await requireAdmin(alertsHref({ kind: onlyValue(given.kind) ?? '', after }))
	const { kind, kinds, alerts, nextHref } = await listAdminAlerts({
		kind: onlyValue(given.kind) ?? '',
		after,
	})
	return (
		<>
			<AdminHeading title="Alerts">
				<p className="max-w-prose text-muted-foreground">
					What this app wants a person to look at, what it means, and what to do. Newest first. The list is a
					record: nothing leaves it. A grant asks for attention because of an alert until somebody has
					answered again on its page, or 30 days have passed.
				</p>
			</AdminHeading>
			{kinds.length === 0 ? null : (
				<nav aria-label="Kinds of alert" className="flex flex-wrap gap-2">
					<Kind href="/admin/alerts" current={kind === null}>
						All
					</Kind>
					{kinds.map((each) => (
						<Kind key={each.kind} href={alertsHref({ kind: each.kind })} current={each.kind === kind}>
							{each.title}
						</Kind>
					))}
				</nav>
			)}
			{alerts.length === 0 ? (
				<Nothing>
					{kind === null && after === '' ? (
						<p>
							<strong className="text-foreground">No alerts.</strong> Nothing has needed a person so far.
						</p>
					) : (
						<>
							<p>
								<strong className="text-foreground">No alert of this kind.</strong>
							</p>
							<Link href="/admin/alerts" className="text-link">
								Show all
							</Link>
						</>
					)}
				</Nothing>
			) : (
				<ol className="flex flex-col gap-4">
					{alerts.map((alert) => (
						<li
							key={alert.id}
							data-alert={alert.kind}
							className="flex flex-col gap-2 rounded-lg border border-border bg-card px-5 py-5"
						>
							<div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1">
								<h2 className="text-lg">{alert.description.title}</h2>
								<When at={alert.at} className="text-muted-foreground text-xs" />
							</div>
							<p className="max-w-prose text-sm">{alert.description.meaning}</p>
							<p className="max-w-prose text-sm">
								<strong>What to do:</strong> {alert.description.whatToDo}
							</p>
							<Details alert={alert} />
						</li>
					))}
				</ol>
			)}
			<Pages
				label="Pages of alerts"
				firstHref={after === '' ? null : alertsHref({ kind: kind ?? '' })}
				nextHref={nextHref}
			/>
		</>
	)
}

type Alert = Awaited<ReturnType<typeof listAdminAlerts>>['alerts'][number]

function Details({ alert }: { alert: Alert }) {
	const details = Object.entries({ action: alert.action, subject: alert.subject, ...alert.data }).filter(
		([, value]) => value !== null && value !== '',
	)
	return (
		<>
			<dl className="mt-1 grid gap-x-6 gap-y-0.5 font-mono text-xs sm:grid-cols-[auto_1fr]">
				{details.map(([name, value]) => (
					<div key={name} className="contents">
						<dt className="text-muted-foreground">{name}</dt>
						<dd className="wrap-anywhere min-w-0 max-sm:pb-1">{String(value)}</dd>
					</div>
				))}
			</dl>
			{alert.purchaseId === null ? null : (
				<Link
					href={`/admin/grants?${new URLSearchParams({ q: alert.purchaseId })}`}
					className="text-link inline-flex min-h-8 items-center self-start text-sm"
				>
					Open the grants of this purchase
				</Link>
			)}
		</>
	)
}

function Kind({ href, current, children }: { href: string; current: boolean; children: string }) {
	return (
		<Link
			href={href}
			aria-current={current ? 'page' : undefined}
			className="inline-flex min-h-11 items-center rounded-full border border-border px-4 text-muted-foreground text-sm hover:text-foreground aria-[current=page]:border-primary aria-[current=page]:font-semibold aria-[current=page]:text-foreground"
		>
			{children}
		</Link>
	)
}
