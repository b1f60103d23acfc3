import type { Metadata } from 'next'
import Link from 'next/link'
import { findAdminPeople } from '@/admin/find-admin-people'
import { requireAdmin } from '@/admin/require-admin'
import { AdminHeading } from '@/components/admin/admin-heading'
import { Id, Nothing } from '@/components/admin/facts'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { onlyValue } from '@/components/only-value'
import { PostForm } from '@/components/post-form'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage({
	searchParams,
}: {
	searchParams: Promise<{ q?: string | string[] }>
}) {
	const q = onlyValue((await searchParams).q) ?? ''
	await requireAdmin(q === '' ? '/admin/people' : `/admin/people?${new URLSearchParams({ q })}`)
	const { search, people } = await findAdminPeople({ q })
	return (
		<>
			<AdminHeading title="People">
				<p className="max-w-prose text-muted-foreground">
					One person across both apps: their links, courses, purchases, sign-ins and mails.
				</p>
			</AdminHeading>
			{search === null ? (
				<Notice tone="problem">This search can’t be read any more. Please search again.</Notice>
			) : null}
			<PostForm
				action="/api/admin/search"
				fields={{ in: 'people' }}
				look="secondary"
				workingLabel="Searching…"
				controls={
					<Field
						key={search}
						id="q"
						name="q"
						type="search"
						label="Email or id"
						hint="An address, or how it begins. Or the id of a user on either app, of a purchase, or of a grant."
						defaultValue={search ?? ''}
						maxLength={254}
						autoComplete="off"
						spellCheck={false}
					/>
				}
			>
				Find people
			</PostForm>
			{people.length > 0 ? (
				<ul className="flex flex-col divide-y divide-border rounded-lg border border-border bg-card">
					{people.map((person) => (
						<li
							key={person.id}
							data-person={person.id}
							className="flex flex-wrap justify-between gap-x-8 gap-y-1 px-5 py-4"
						>
							<span className="flex min-w-0 flex-col">
								<Link
									href={`/admin/people/${encodeURIComponent(person.id)}`}
									className="text-link wrap-anywhere font-semibold"
								>
									{person.email ?? person.id}
								</Link>
								{person.name === null ? null : <span className="text-sm">{person.name}</span>}
								<Id>{person.id}</Id>
							</span>
							<span className="text-muted-foreground text-sm">
								{person.account === 'seller-only'
									? 'Only on Total TypeScript, not linked'
									: person.linkedTo === null
										? 'Not linked'
										: 'Linked with Total TypeScript'}
							</span>
						</li>
					))}
				</ul>
			) : search ? (
				<Nothing>
					<p>
						<strong className="text-foreground">Nobody found</strong> for “{search}”. Who has never been here,
						and whose purchases open nothing here, is known only to Total TypeScript.
					</p>
				</Nothing>
			) : (
				<Nothing>
					<p>Search for somebody to see everything about them.</p>
				</Nothing>
			)}
		</>
	)
}
