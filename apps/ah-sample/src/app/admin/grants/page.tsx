import type { Metadata } from 'next'
import Link from 'next/link'
import { grantsHref, isFiltered, readGrantQuery } from '@/admin/grant-query'
import { listAdminGrants } from '@/admin/list-admin-grants'
import { requireAdmin } from '@/admin/require-admin'
import { AdminHeading } from '@/components/admin/admin-heading'
import { Nothing } from '@/components/admin/facts'
import { GrantFilters } from '@/components/admin/grant-filters'
import { GrantList } from '@/components/admin/grant-list'
import { Pages } from '@/components/admin/pages'
import { Notice } from '@/components/notice'

export const metadata: Metadata = { title: 'Grants' }

export default async function GrantsPage({
	searchParams,
}: {
	searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
	const given = await searchParams
	await requireAdmin(grantsHref(readGrantQuery(given)))
	const { query, search, grants, products, nextHref } = await listAdminGrants(given)
	return (
		<>
			<AdminHeading title="Grants">
				<p className="max-w-prose text-muted-foreground">
					What each bundle bought on Total TypeScript opens here, and for whom. Changed last comes first.
				</p>
			</AdminHeading>
			{search === null ? (
				<Notice tone="problem">This search can’t be read any more. Please search again.</Notice>
			) : null}
			<GrantFilters query={query} search={search ?? ''} products={products} />
			{grants.length > 0 ? (
				<GrantList grants={grants} />
			) : isFiltered(query) || query.after !== '' ? (
				<Nothing>
					<p>
						<strong className="text-foreground">Nothing matches.</strong> No grant is like that
						{search === null || search === '' ? '' : ` for “${search}”`}.
					</p>
					<Link href="/admin/grants" className="text-link">
						Show all
					</Link>
				</Nothing>
			) : (
				<Nothing>
					<p>
						<strong className="text-foreground">No grants yet.</strong> One appears for each course as soon as
						somebody buys a bundle on Total TypeScript.
					</p>
				</Nothing>
			)}
			<Pages
				label="Pages of grants"
				firstHref={query.after === '' ? null : grantsHref({ ...query, after: '' })}
				nextHref={nextHref}
			/>
		</>
	)
}
