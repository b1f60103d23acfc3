import type {GetServerSideProps} from 'next'
import {readPersonForAdmin} from '../../../admin/read-person'
import {AdminFrame} from '../../../components/admin/admin-frame'
import {Fact, Facts, Id} from '../../../components/admin/facts'
import {LinkHistory} from '../../../components/admin/link-history'
import {Mails} from '../../../components/admin/mails'
import {SyncBadge} from '../../../components/admin/sync-row'
import type {AdminPerson} from '../../../components/admin/views'
import {Badge} from '../../../components/badge'
import {Card} from '../../../components/card'
import {DateTime} from '../../../components/date-time'
import {firstValue} from '../../../components/first-value'
import {formatMoney} from '../../../components/format-money'
import {Notice} from '../../../components/notice'
import {SectionTitle} from '../../../components/page-title'
import {PurchaseBadge} from '../../../components/purchase-card'
import {TextLink} from '../../../components/text-link'
import type {Viewer} from '../../../components/views'
import {Timeline} from '../../../cross-app/ui/timeline'
import {hostContext} from '../../../server/host-context'
import {requireAdmin} from '../../../server/require-admin'

interface Props {
  viewer: Viewer
  person: AdminPerson
}

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const {viewer, answer} = await requireAdmin(context)
  if (viewer === null) return answer
  const person = await readPersonForAdmin(hostContext, {userId: firstValue(context.params?.userId)})
  return person === null ? {notFound: true} : {props: {viewer, person}}
}

export default function PersonPage({viewer, person}: Props) {
  const {here, there} = person
  return (
    <AdminFrame
      title={person.email ?? 'Deleted account'}
      section="people"
      viewer={viewer}
      lead={person.name && <p>{person.name}</p>}
    >
      {person.email === null && (
        <div className="mb-8">
          <Notice tone="hint">
            <p className="font-semibold">This account was deleted</p>
            <p>Name, address and sign-ins are gone. What was bought stays on record.</p>
          </Notice>
        </div>
      )}
      <div className="mb-12 grid items-start gap-8 lg:grid-cols-[20rem_1fr]">
        <Account person={person} />
        <div className="min-w-0 space-y-10">
          <section aria-labelledby="purchases">
            <SectionTitle id="purchases">Purchases</SectionTitle>
            <Purchases purchases={person.purchases} />
          </section>
          <section aria-labelledby="link">
            <SectionTitle id="link">Link to AI Hero</SectionTitle>
            <LinkState person={person} />
            <LinkHistory entries={here} everLinked={person.aiHeroUserId !== null} />
          </section>
          <section aria-labelledby="mails">
            <SectionTitle id="mails">Mails</SectionTitle>
            <Mails mails={person.mails} />
          </section>
        </div>
      </div>
      <section aria-labelledby="timeline">
        <SectionTitle id="timeline">Timeline</SectionTitle>
        <p className="mb-6 max-w-prose text-sm text-ink-soft">
          Everything both apps wrote down about this person and their purchases, each by its own clock.
        </p>
        <Timeline here={here} there={there} hereApp="total-typescript" about="this person" />
      </section>
    </AdminFrame>
  )
}

function Account({person}: {person: AdminPerson}) {
  return (
    <Card>
      <Facts>
        {person.role === 'ADMIN' && (
          <Fact name="Role">
            <Badge tone="blue">Support</Badge>
          </Fact>
        )}
        {person.email !== null && (
          <Fact name="Address">
            {person.emailConfirmedAt === null ? (
              <Badge tone="attention">Not confirmed</Badge>
            ) : (
              <>
                confirmed <DateTime iso={person.emailConfirmedAt} precise />
              </>
            )}
          </Fact>
        )}
        <Fact name="Sign-in">
          {person.signInWays.length === 0 ? (
            person.email === null ? (
              'none'
            ) : (
              'by email link only'
            )
          ) : (
            <ul>
              {person.signInWays.map((way) => (
                <li key={way.id}>
                  {way.name}
                  {way.since !== null && (
                    <span className="text-ink-soft">
                      {' '}
                      since <DateTime iso={way.since} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name="User id">
          <Id>{person.userId}</Id>
        </Fact>
        {person.aiHeroUserId !== null && (
          <Fact
            name={person.link.state === 'none' ? 'User id on AI Hero, last linked' : 'User id on AI Hero'}
          >
            <Id>{person.aiHeroUserId}</Id>
          </Fact>
        )}
      </Facts>
    </Card>
  )
}

function LinkState({person: {link}}: {person: AdminPerson}) {
  return (
    <p className="mb-4 [overflow-wrap:anywhere]">
      {link.state === 'linked' && (
        <>
          <Badge tone="ready">Linked</Badge> {link.aiHeroEmail && <>as {link.aiHeroEmail} </>}
          since <DateTime iso={link.since} />
        </>
      )}
      {link.state === 'unlinking' && (
        <>
          <Badge tone="attention">Unlinking</Badge> AI Hero has been asked and has not confirmed it yet.
        </>
      )}
      {link.state === 'none' && <Badge>Not linked</Badge>}
    </p>
  )
}

function Purchases({purchases}: {purchases: AdminPerson['purchases']}) {
  if (purchases.length === 0) return <p className="text-sm text-ink-soft">Nothing was bought.</p>
  return (
    <ul className="divide-y divide-rule border-y border-rule">
      {purchases.map((purchase) => (
        <li key={purchase.id} data-purchase={purchase.id} className="py-4">
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <TextLink href={`/admin/syncs/${encodeURIComponent(purchase.id)}`}>
              {purchase.productTitle}
            </TextLink>
            <PurchaseBadge status={purchase.status} />
          </p>
          <p className="text-sm text-ink-soft">
            <span className="font-mono">{formatMoney(purchase.price)}</span>,{' '}
            <DateTime iso={purchase.purchasedAt} precise />
          </p>
          {purchase.syncs.length > 0 && (
            <ul className="mt-2 space-y-1 text-sm">
              {purchase.syncs.map((sync) => (
                <li key={sync.syncId} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                  {sync.targetProductTitle} <SyncBadge explanation={sync.explanation} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}
