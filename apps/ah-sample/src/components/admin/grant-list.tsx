import Link from 'next/link'
import type { AdminGrant } from '@/admin/list-admin-grants'
import { StateBadge } from '@/cross-app/ui/state-badge'
import { ATTENTION, describeStatus, describeStop } from './describe-status'
import { Id } from './facts'
import { When } from './when'

/** Grants, one a row, each with the way to everything about it. */
export function GrantList({ grants }: { grants: AdminGrant[] }) {
	return (
		<ul className="flex flex-col divide-y divide-border rounded-lg border border-border bg-card">
			{grants.map((grant) => (
				<GrantListRow key={grant.grantId} grant={grant} />
			))}
		</ul>
	)
}

function GrantListRow({ grant }: { grant: AdminGrant }) {
	const status = describeStatus(grant.status)
	const stop = describeStop(grant.stopReason)
	return (
		<li
			data-grant={grant.grantId}
			data-status={grant.status}
			className="grid gap-x-8 gap-y-2 px-5 py-4 md:grid-cols-[9.5rem_1fr_auto]"
		>
			<div className="pt-0.5">
				<StateBadge tone={status.tone} label={status.label} />
			</div>
			<div className="flex min-w-0 flex-col gap-0.5">
				<Link
					href={`/admin/grants/${encodeURIComponent(grant.grantId)}`}
					className="text-link wrap-anywhere self-start font-semibold"
				>
					{grant.courseName}
				</Link>
				<p className="wrap-anywhere text-sm">
					Bought by {grant.ownerEmail}
					{grant.ownerProven ? null : <span className="text-muted-foreground"> (address not confirmed)</span>}
				</p>
				<p className="wrap-anywhere text-sm">
					{grant.claimant === null ? (
						<span className="text-muted-foreground">Claimed by nobody yet</span>
					) : (
						<>
							Claimed by{' '}
							<Link href={`/admin/people/${encodeURIComponent(grant.claimant.userId)}`} className="text-link">
								{grant.claimant.email ?? 'a deleted account'}
							</Link>
						</>
					)}
				</p>
				{stop === null || grant.desiredState === 'granted' ? null : (
					<p className="text-muted-foreground text-sm">Stopped: {stop}</p>
				)}
				{grant.attention.map((reason) => (
					<p key={reason} data-attention={reason} className="font-semibold text-destructive text-sm">
						{ATTENTION[reason]}
					</p>
				))}
			</div>
			<div className="flex min-w-0 flex-col gap-0.5 text-muted-foreground text-xs md:max-w-64 md:items-end md:text-right">
				<When at={grant.updatedAt} />
				<span>revision {grant.revision}</span>
				<Id>{grant.purchaseId}</Id>
			</div>
		</li>
	)
}
