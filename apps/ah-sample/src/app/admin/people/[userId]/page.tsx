import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { type AdminPersonPage, readAdminPerson } from '@/admin/read-admin-person'
import { requireAdmin } from '@/admin/require-admin'
import { AdminHeading } from '@/components/admin/admin-heading'
import { describeEnd, describeMethod } from '@/components/admin/describe-status'
import { Fact, Facts, Id, Nothing, Part } from '@/components/admin/facts'
import { GrantList } from '@/components/admin/grant-list'
import { MailList } from '@/components/admin/mail-list'
import { OutcomeNotice } from '@/components/admin/outcome-notice'
import { ReasonForm } from '@/components/admin/reason-form'
import { When } from '@/components/admin/when'
import { onlyValue } from '@/components/only-value'
import { Timeline } from '@/cross-app/ui/timeline'

export const metadata: Metadata = { title: 'Person' }

type Link = AdminPersonPage['person']['links'][number]

export default async function PersonPage({
	params,
	searchParams,
}: {
	params: Promise<{ userId: string }>
	searchParams: Promise<{ outcome?: string | string[] }>
}) {
	const { userId } = await params
	const id = decodeURIComponent(userId)
	await requireAdmin(`/admin/people/${userId}`)
	const page = await readAdminPerson({ id })
	if (page === null) notFound()
	const { person, account, timelines, sellerHref } = page
	const { outcome } = await searchParams
	return (
		<>
			<AdminHeading
				title={person.user?.name ?? person.user?.email ?? 'Somebody without an account here'}
				back={{ href: '/admin/people', label: 'Find people' }}
			>
				{person.user !== null && person.user.name === null ? null : (
					<p className="wrap-anywhere text-muted-foreground">
						{person.user?.email ?? person.grants[0]?.ownerEmail ?? id}
					</p>
				)}
			</AdminHeading>
			<OutcomeNotice outcome={onlyValue(outcome)} />
			<div className="grid items-start gap-8 lg:grid-cols-2">
				<Account page={page} />
				<SignIns account={account} />
			</div>
			<Part id="links" title="Links with Total TypeScript">
				{person.links.length === 0 ? (
					<Nothing>
						<p>Never linked.</p>
					</Nothing>
				) : (
					<ul className="flex flex-col gap-5">
						{person.links.map((link) => (
							<LinkOfPerson key={link.sellerUserId} link={link} personId={id} />
						))}
					</ul>
				)}
				{person.undone.map((pair) => (
					<p
						key={`${pair.sellerUserId} ${pair.userId}`}
						className="max-w-prose text-muted-foreground text-sm"
					>
						No sign-in links this person with <Id>{pair.sellerUserId}</Id> again: {describeEnd(pair.by)},{' '}
						<When at={pair.at} />. They can, by confirming it.
					</p>
				))}
			</Part>
			<Part
				id="grants"
				title="Courses from bundles"
				note="Claimed by this person, bought by them on Total TypeScript, or waiting for their address."
			>
				{person.grants.length === 0 ? (
					<Nothing>
						<p>None.</p>
					</Nothing>
				) : (
					<GrantList grants={person.grants} />
				)}
			</Part>
			<Owned account={account} />
			<Part id="mails" title="Mails" note="About their bundles and links.">
				<MailList mails={person.mails} />
			</Part>
			<Part
				id="timeline"
				title="Timeline"
				note={
					sellerHref === null
						? 'No account on Total TypeScript is known, so it is not asked.'
						: 'Each app writes its own record, by its own clock.'
				}
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

function Account({ page: { person, account, sellerHref } }: { page: AdminPersonPage }) {
	const { user, userIds, sellerUserIds } = person
	return (
		<Part id="account" title="Account">
			<Facts>
				<Fact name="AI Hero">
					{user === null ? (
						userIds.length === 0 ? (
							'no account'
						) : (
							<>
								deleted <Id>{userIds[0]}</Id>
							</>
						)
					) : (
						<Id>{user.id}</Id>
					)}
				</Fact>
				{account === null ? null : (
					<>
						<Fact name="Since">
							<When at={account.createdAt} />
						</Fact>
						<Fact name="Role">{account.role}</Fact>
					</>
				)}
				<Fact name="Total TypeScript">
					{sellerUserIds.length === 0 ? 'no account known' : <Id>{sellerUserIds.join(', ')}</Id>}
					{sellerHref === null ? null : (
						<a href={sellerHref} className="text-link block text-sm">
							Open them in Total TypeScript’s admin
						</a>
					)}
				</Fact>
			</Facts>
		</Part>
	)
}

function SignIns({ account }: { account: AdminPersonPage['account'] }) {
	return (
		<Part id="sign-ins" title="Ways to sign in">
			{account === null ? (
				<Nothing>
					<p>There is no account to sign in to.</p>
				</Nothing>
			) : (
				<Facts>
					<Fact name="Email link">
						{account.signIns.emailVerified ? 'address confirmed' : 'address not confirmed by a link'}
					</Fact>
					{account.signIns.providers.map(({ provider, since }) => (
						<Fact
							key={provider}
							name={provider === 'github' ? 'GitHub' : provider === 'discord' ? 'Discord' : provider}
						>
							{since === null ? (
								'attached long ago'
							) : (
								<>
									attached <When at={since} />
								</>
							)}
						</Fact>
					))}
				</Facts>
			)}
		</Part>
	)
}

function LinkOfPerson({ link, personId }: { link: Link; personId: string }) {
	return (
		<li data-link={link.live ? 'live' : 'ended'} className="flex flex-col gap-4">
			<Facts>
				<Fact name="State">
					{link.live ? (
						<span className="font-semibold text-success">Linked</span>
					) : (
						<span className="font-semibold">Ended</span>
					)}{' '}
					<span className="text-muted-foreground">(link revision {link.linkRevision})</span>
				</Fact>
				<Fact name="With">
					<Id>{link.sellerUserId}</Id>
					{link.sellerEmail === null ? null : <span className="block text-sm">{link.sellerEmail}</span>}
				</Fact>
				<Fact name="How">{describeMethod(link.method)}</Fact>
				<Fact name="Since">
					<When at={link.linkedAt} />
				</Fact>
				{link.ended === null ? null : (
					<Fact name="Ended">
						<When at={link.ended.at} />: {describeEnd(link.ended.by)}
						<span className="block text-muted-foreground text-sm">
							{link.ended.released ? 'what it had claimed was freed' : 'what it had claimed stayed'}
						</span>
					</Fact>
				)}
			</Facts>
			{link.live ? (
				<ReasonForm
					id="unlink"
					title="Unlink…"
					explanation={
						<p>
							Both apps learn of it and the person gets a mail. No sign-in links these two again; the person
							can, by confirming it.
						</p>
					}
					action="/api/admin/links/unlink"
					fields={{
						sellerUserId: link.sellerUserId,
						linkRevision: String(link.linkRevision),
						person: personId,
					}}
					button="Unlink"
					workingLabel="Unlinking…"
					look="danger"
					choices={
						<fieldset className="flex flex-col gap-1">
							<legend className="pb-1 font-semibold text-sm">What the link has opened</legend>
							<Choice value="keep" checked>
								Stays open: the person asked to unlink
							</Choice>
							<Choice value="release">
								Closes, and waits for its buyer: the link was somebody else’s doing
							</Choice>
						</fieldset>
					}
				/>
			) : null}
		</li>
	)
}

function Choice({
	value,
	checked = false,
	children,
}: {
	value: string
	checked?: boolean
	children: string
}) {
	return (
		<label className="flex min-h-11 items-center gap-3 text-sm">
			<input
				type="radio"
				name="claims"
				value={value}
				defaultChecked={checked}
				className="size-5 shrink-0 accent-primary"
			/>
			{children}
		</label>
	)
}

/** What only AI Hero knows: what was bought here, and every row that opens a lesson. */
function Owned({ account }: { account: AdminPersonPage['account'] }) {
	if (account === null) return null
	return (
		<>
			<Part id="purchases" title="Bought on AI Hero">
				{account.purchases.length === 0 ? (
					<Nothing>
						<p>Nothing.</p>
					</Nothing>
				) : (
					<ul className="flex flex-col divide-y divide-border rounded-lg border border-border bg-card">
						{account.purchases.map((purchase) => (
							<li key={purchase.id} className="flex flex-wrap justify-between gap-x-8 gap-y-1 px-5 py-3">
								<span className="flex min-w-0 flex-col">
									<span className="font-semibold text-sm">{purchase.courseName}</span>
									<Id>{purchase.id}</Id>
								</span>
								<span className="flex flex-col text-sm sm:items-end">
									<span>{purchase.status}</span>
									<When at={purchase.boughtAt} className="text-muted-foreground text-xs" />
								</span>
							</li>
						))}
					</ul>
				)}
			</Part>
			<Part
				id="entitlements"
				title="Entitlements"
				note="Every row that opens a lesson for them, whatever it came from."
			>
				{account.entitlements.length === 0 ? (
					<Nothing>
						<p>None.</p>
					</Nothing>
				) : (
					<ul className="flex flex-col divide-y divide-border rounded-lg border border-border bg-card">
						{account.entitlements.map((row) => (
							<li key={row.id} className="flex flex-wrap justify-between gap-x-8 gap-y-1 px-5 py-3">
								<span className="flex min-w-0 flex-col">
									<span className="wrap-anywhere font-semibold text-sm">
										{row.contentIds.join(', ') || '–'}
									</span>
									<span className="wrap-anywhere text-muted-foreground text-xs">
										{row.sourceType} <Id>{row.sourceId}</Id>
									</span>
								</span>
								<span className="flex flex-col text-sm sm:items-end">
									{row.closedAt === null ? (
										<span className="font-semibold text-success">Open</span>
									) : (
										<span className="text-muted-foreground">
											Closed <When at={row.closedAt} />
										</span>
									)}
									<span className="text-muted-foreground text-xs">
										since <When at={row.openedAt} />
									</span>
								</span>
							</li>
						))}
					</ul>
				)}
			</Part>
		</>
	)
}
