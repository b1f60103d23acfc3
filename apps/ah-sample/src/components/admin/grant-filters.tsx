import Link from 'next/link'
import { CLAIMS, type GrantQuery, isFiltered, PERIODS, STATES } from '@/admin/grant-query'
import { Field } from '../field'
import { PostForm } from '../post-form'
import { SelectField } from '../select-field'

const STATE_LABELS = { granted: 'Granted', suspended: 'Suspended', revoked: 'Revoked' }
const CLAIM_LABELS = { unclaimed: 'Unclaimed', claimed: 'Claimed', active: 'Active (claimed and granted)' }
const PERIOD_LABELS = {
	day: 'the last day',
	week: 'the last 7 days',
	month: 'the last 30 days',
	quarter: 'the last 90 days',
}

/**
 * What the list is narrowed to. Posted, so that an email address that is searched for ends up in no address of a page;
 * what follows is an ordinary page that can be kept and gone back to.
 */
export function GrantFilters({
	query,
	search,
	products,
}: {
	query: GrantQuery
	search: string
	products: { id: string; name: string }[]
}) {
	return (
		<PostForm
			action="/api/admin/search"
			fields={{ in: 'grants' }}
			look="secondary"
			workingLabel="Searching…"
			controls={
				<div className="grid gap-x-5 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
					<div className="sm:col-span-2 lg:col-span-4">
						<Field
							key={`q ${search}`}
							id="q"
							name="q"
							type="search"
							label="Email or id"
							hint="An address, exactly: the buyer’s or the claimant’s. Or the id of a purchase, a grant, or a user on either app."
							defaultValue={search}
							maxLength={254}
							autoComplete="off"
							spellCheck={false}
						/>
					</div>
					<SelectField
						key={`state ${query.state}`}
						id="state"
						label="Desired state"
						defaultValue={query.state}
						options={[['', 'Any'], ...STATES.map((state) => [state, STATE_LABELS[state]] as const)]}
					/>
					<SelectField
						key={`claim ${query.claim}`}
						id="claim"
						label="Claim"
						defaultValue={query.claim}
						options={[['', 'Any'], ...CLAIMS.map((claim) => [claim, CLAIM_LABELS[claim]] as const)]}
					/>
					<SelectField
						key={`product ${query.product}`}
						id="product"
						label="Course"
						defaultValue={query.product}
						options={[['', 'Any'], ...products.map(({ id, name }) => [id, name] as const)]}
					/>
					<SelectField
						key={`period ${query.period}`}
						id="period"
						label="Changed in"
						defaultValue={query.period}
						options={[['', 'Any time'], ...PERIODS.map((period) => [period, PERIOD_LABELS[period]] as const)]}
					/>
					<label className="flex min-h-12 items-center gap-3 font-semibold text-sm sm:col-span-2 lg:col-span-4">
						<input
							key={query.attention}
							type="checkbox"
							name="attention"
							value="1"
							defaultChecked={query.attention === '1'}
							className="size-5 accent-primary"
						/>
						Only what needs attention
					</label>
				</div>
			}
			beside={
				isFiltered(query) ? (
					<Link href="/admin/grants" className="text-link inline-flex min-h-12 items-center text-sm">
						Show all
					</Link>
				) : null
			}
		>
			Show grants
		</PostForm>
	)
}
