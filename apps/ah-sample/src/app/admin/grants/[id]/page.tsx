import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { type AdminGrantPage, readAdminGrant } from '@/admin/read-admin-grant'
import { requireAdmin } from '@/admin/require-admin'
import { AdminHeading } from '@/components/admin/admin-heading'
import { ATTENTION, describeMethod, describeStatus, describeStop } from '@/components/admin/describe-status'
import { Fact, Facts, Id, Nothing, Part } from '@/components/admin/facts'
import { MailList } from '@/components/admin/mail-list'
import { OutcomeNotice } from '@/components/admin/outcome-notice'
import { ReasonForm } from '@/components/admin/reason-form'
import { When } from '@/components/admin/when'
import { Notice } from '@/components/notice'
import { onlyValue } from '@/components/only-value'
import { StateBadge } from '@/cross-app/ui/state-badge'
import { Timeline } from '@/cross-app/ui/timeline'

export const metadata: Metadata = { title: 'Grant' }

export default async function GrantPage({
	params,
	searchParams,
}: {
	params: Promise<{ id: string }>
	searchParams: Promise<{ outcome?: string | string[] }>
}) {
	const { id } = await params
	const grantId = decodeURIComponent(id)
	await requireAdmin(`/admin/grants/${id}`)
	const page = await readAdminGrant({ grantId })
	if (page === null) notFound()
	const { grant, timelines } = page
	const status = describeStatus(grant.status)
	const { outcome } = await searchParams
	return (
		<>
			<AdminHeading title={grant.courseName} back={{ href: '/admin/grants', label: 'All grants' }}>
				<p className="flex flex-wrap items-center gap-x-4 gap-y-2">
					<StateBadge tone={status.tone} label={status.label} />
					<span className="wrap-anywhere text-muted-foreground text-sm">
						Bought by {grant.owner.email} on Total TypeScript
					</span>
				</p>
			</AdminHeading>
			<OutcomeNotice outcome={onlyValue(outcome)} />
			{grant.attention.map((reason) => (
				<Notice key={reason} tone="problem">
					{ATTENTION[reason]}
				</Notice>
			))}
			<div className="grid items-start gap-8 lg:grid-cols-2">
				<Desired page={page} />
				<Claim page={page} />
			</div>
			<Part id="actions" title="Actions">
				<ReasonForm
					id="answer-again"
					title="Answer again"
					explanation={
						<p>
							Applies once more what Total TypeScript wants: the course opens or closes to match. Total
							TypeScript is told again, so that what its pages show catches up.
						</p>
					}
					action="/api/admin/grants/answer"
					fields={{
						grantId,
						stateVersion: String(grant.answer.stateVersion),
						// A double click is one press.
						press: crypto.randomUUID(),
					}}
					button="Answer again"
					workingLabel="Answering…"
				/>
				<p className="max-w-prose text-muted-foreground text-sm">
					A hold is a fact that only Total TypeScript writes, so that both apps can never disagree about it:
					set and release it on{' '}
					<a href={page.purchaseHref} className="text-link">
						the purchase’s page there
					</a>
					.
				</p>
			</Part>
			<Entitlements grant={grant} />
			<Answers grant={grant} />
			<Part id="mails" title="Mails" note="About this purchase, and about the buyer’s links.">
				<MailList mails={grant.mails} />
			</Part>
			<Part
				id="timeline"
				title="Timeline"
				note="Each app writes its own record, by its own clock. All of the purchase, every course."
			>
				<Timeline
					here={timelines.here}
					there={timelines.there}
					hereName="AI Hero"
					thereName="Total TypeScript"
				/>
			</Part>
		</>
	)
}

function Desired({ page: { grant, holdReason, purchaseHref } }: { page: AdminGrantPage }) {
	const stop = describeStop(grant.desired.stopReason)
	return (
		<Part id="desired" title="What Total TypeScript wants">
			<Facts>
				<Fact name="Desired state">
					<span className="font-semibold">{grant.desired.state}</span>
					{stop === null || grant.desired.state === 'granted' ? null : ` (${stop})`}
					{holdReason === null ? null : (
						<span className="block text-muted-foreground text-sm">“{holdReason}”</span>
					)}
				</Fact>
				<Fact name="Revision">{grant.desired.revision}</Fact>
				{grant.desired.restriction === null ? null : (
					<Fact name="Restricted to">{grant.desired.restriction}</Fact>
				)}
				<Fact name="Buyer">
					<Link href={`/admin/people/${encodeURIComponent(grant.owner.userId)}`} className="text-link">
						{grant.owner.email}
					</Link>
					<span className="block text-muted-foreground text-sm">
						{grant.owner.proven ? 'address confirmed' : 'address not confirmed: nothing opens until it is'}
					</span>
				</Fact>
				<Fact name="Bought">
					<When at={grant.purchasedAt} />
				</Fact>
				<Fact name="Purchase">
					<Id>{grant.purchaseId}</Id>
					<a href={purchaseHref} className="text-link block text-sm">
						Open it in Total TypeScript’s admin
					</a>
				</Fact>
				<Fact name="Last change">
					<When at={grant.updatedAt} />
				</Fact>
				<Fact name="Grant">
					<Id>{grant.grantId}</Id>
				</Fact>
			</Facts>
		</Part>
	)
}

function Claim({ page: { grant } }: { page: AdminGrantPage }) {
	const { claim, owner } = grant
	return (
		<Part id="claim" title="Who has claimed it">
			{claim === null ? (
				<Nothing>
					<p>
						<strong className="text-foreground">Nobody yet.</strong>{' '}
						{grant.desired.state === 'revoked'
							? 'It has ended, so nobody needs to.'
							: owner.linkedTo === null
								? 'The buyer has to link their two accounts.'
								: owner.unlinkingLinkRevision !== null &&
										owner.linkedTo.linkRevision <= owner.unlinkingLinkRevision
									? 'Total TypeScript has asked to end the buyer’s link, so that one may not claim.'
									: owner.proven
										? 'The buyer’s accounts are linked.'
										: 'The buyer’s accounts are linked; they have to confirm their address there.'}
					</p>
				</Nothing>
			) : (
				<Facts>
					<Fact name="Claimed by">
						<Link href={`/admin/people/${encodeURIComponent(claim.userId)}`} className="text-link">
							{claim.email ?? 'a deleted account'}
						</Link>
					</Fact>
					<Fact name="Claimed">
						<When at={claim.claimedAt} />
					</Fact>
					<Fact name="By which link">
						{claim.linkRevision === null ? '–' : `link revision ${claim.linkRevision}`}
						<span className="block text-muted-foreground text-sm">{describeMethod(claim.linkMethod)}</span>
					</Fact>
					<Fact name="Linked now">
						{owner.linkedTo === null
							? 'no: the link has ended; what it claimed stays'
							: owner.linkedTo.userId === claim.userId
								? 'yes, to this person'
								: 'yes, to somebody else'}
					</Fact>
				</Facts>
			)}
		</Part>
	)
}

function Entitlements({ grant }: { grant: AdminGrantPage['grant'] }) {
	return (
		<Part
			id="entitlements"
			title="Entitlements"
			note="The rows that lessons are opened by. Closed ones are kept."
		>
			{grant.entitlements.length === 0 ? (
				<Nothing>
					<p>None was ever opened.</p>
				</Nothing>
			) : (
				<ul className="flex flex-col divide-y divide-border rounded-lg border border-border bg-card">
					{grant.entitlements.map((row) => (
						<li
							key={row.id}
							data-open={row.closedAt === null}
							className="flex flex-wrap justify-between gap-x-8 gap-y-1 px-5 py-3"
						>
							<span className="flex min-w-0 flex-col">
								<span className="wrap-anywhere font-semibold text-sm">
									{row.contentIds.join(', ') || '–'}
								</span>
								<Id>{row.id}</Id>
							</span>
							<span className="flex flex-col text-sm sm:items-end">
								<span>
									Opened <When at={row.openedAt} />
								</span>
								{row.closedAt === null ? (
									<span className="font-semibold text-success">Open</span>
								) : (
									<span className="text-muted-foreground">
										Closed <When at={row.closedAt} />
									</span>
								)}
							</span>
						</li>
					))}
				</ul>
			)}
		</Part>
	)
}

function Answers({ grant }: { grant: AdminGrantPage['grant'] }) {
	return (
		<Part
			id="answers"
			title="What Total TypeScript was told"
			note={`Stored now: version ${grant.answer.stateVersion}. What is not in the list was read by Total TypeScript’s pull, or not yet.`}
		>
			{grant.answered.length === 0 ? (
				<Nothing>
					<p>No answer has been noted.</p>
				</Nothing>
			) : (
				<ol className="flex flex-col divide-y divide-border rounded-lg border border-border bg-card">
					{grant.answered.map((answer) => (
						<li
							key={`${answer.at} ${answer.stateVersion}`}
							data-version={answer.stateVersion}
							className="flex flex-wrap justify-between gap-x-8 gap-y-1 px-5 py-3 text-sm"
						>
							<span className="min-w-0">
								<span className="font-mono">{answer.event}</span>, {answer.status}
							</span>
							<span className="text-muted-foreground">
								revision {answer.revision}, version {answer.stateVersion}, <When at={answer.at} />
							</span>
						</li>
					))}
				</ol>
			)}
		</Part>
	)
}
