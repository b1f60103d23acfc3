import type {GetServerSideProps} from 'next'
import Link from 'next/link'
import {searchPeople} from '../../../admin/search-people'
import {AdminFrame} from '../../../components/admin/admin-frame'
import {Id} from '../../../components/admin/facts'
import {MAX_SEARCH} from '../../../components/admin/sync-filter'
import type {PeoplePage, PersonRow} from '../../../components/admin/views'
import {Badge} from '../../../components/badge'
import {Button} from '../../../components/button'
import {EmptyState} from '../../../components/empty-state'
import {Field} from '../../../components/field'
import {firstValue} from '../../../components/first-value'
import {Notice} from '../../../components/notice'
import {TextLink} from '../../../components/text-link'
import type {Viewer} from '../../../components/views'
import {hostContext} from '../../../server/host-context'
import {requireAdmin} from '../../../server/require-admin'
import {openSearch} from '../../../server/sealed-search'

interface Props {
  viewer: Viewer
  /** What was searched for; null when the address holds a search that can’t be read. */
  search: string | null
  found: PeoplePage
}

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const {viewer, answer} = await requireAdmin(context)
  if (viewer === null) return answer
  const search = openSearch(firstValue(context.query.q))
  return {props: {viewer, search, found: await searchPeople(hostContext, {search: search ?? ''})}}
}

export default function PeoplePageView({viewer, search, found}: Props) {
  return (
    <AdminFrame
      title="People"
      section="people"
      viewer={viewer}
      lead={<p>One person across both apps: purchases, links, sign-ins and mails.</p>}
    >
      <search className="mb-8 block max-w-2xl">
        <form
          action="/api/admin/search"
          method="post"
          key={search}
          className="flex flex-wrap items-end gap-3"
        >
          <input type="hidden" name="in" value="people" />
          <div className="min-w-0 flex-1 basis-64">
            <Field
              label="Email or id"
              name="search"
              type="search"
              defaultValue={search ?? ''}
              maxLength={MAX_SEARCH}
              autoComplete="off"
              spellCheck={false}
              hint="The beginning of an address, or an id of a user here or on AI Hero, a purchase, or Stripe’s (cus_, cs_, ch_, pi_)."
            />
          </div>
          <div className="self-start sm:mt-7">
            <Button look="secondary">Search</Button>
          </div>
        </form>
      </search>
      {search === null && (
        <Notice tone="problem">
          <p className="font-semibold">This search can’t be read any more</p>
          <p>Please search again.</p>
        </Notice>
      )}
      {found.stripeAway && (
        <Notice tone="problem">
          <p className="font-semibold">Stripe can’t be asked at the moment</p>
          <p>
            Only Stripe knows which charge this payment is. Try again in a minute, or search for the address.
          </p>
        </Notice>
      )}
      {found.people.length > 0 && (
        <ul className="divide-y divide-rule border-y border-rule" aria-label="People">
          {found.people.map((person) => (
            <Row key={person.userId} person={person} />
          ))}
        </ul>
      )}
      {found.more && (
        <p className="mt-4 text-sm text-ink-soft">
          There are more. Type more of the address to narrow it down.
        </p>
      )}
      {found.people.length === 0 && !found.stripeAway && search !== null && <Nothing search={search} />}
    </AdminFrame>
  )
}

function Row({person}: {person: PersonRow}) {
  return (
    <li
      data-person={person.userId}
      className="relative flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2 py-4 hover:bg-blue-wash md:px-3"
    >
      <div className="min-w-0">
        <Link
          href={`/admin/people/${encodeURIComponent(person.userId)}`}
          className="font-semibold [overflow-wrap:anywhere] underline-offset-4 after:absolute after:inset-0 hover:underline"
        >
          {person.email ?? 'Deleted account'}
        </Link>
        <p className="text-sm text-ink-soft">
          {person.name && <>{person.name} · </>}
          <Id>{person.userId}</Id>
        </p>
      </div>
      <p className="flex flex-wrap gap-2">
        {person.email !== null && !person.emailConfirmed && (
          <Badge tone="attention">Address not confirmed</Badge>
        )}
        {person.link === 'linked' && <Badge tone="ready">Linked</Badge>}
        {person.link === 'unlinking' && <Badge tone="attention">Unlinking</Badge>}
        {person.link === 'none' && <Badge>Not linked</Badge>}
      </p>
    </li>
  )
}

function Nothing({search}: {search: string}) {
  if (search === '') {
    return (
      <EmptyState title="Whom are you looking for?">
        <p>Search for the address they bought with, or for any id they can give you.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Nobody found">
      <p>
        No account for “{search}”. An address is found by its beginning, an id only as a whole. A guest has an
        account under the address they paid with. <TextLink href="/admin/people">Clear the search</TextLink>
      </p>
    </EmptyState>
  )
}
