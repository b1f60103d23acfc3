import type {GetServerSideProps} from 'next'
import {getAccount} from '../commerce/read-account'
import {Button, ButtonLink} from '../components/button'
import {Card} from '../components/card'
import {EmptyState} from '../components/empty-state'
import {Layout} from '../components/layout'
import {PageTitle, SectionTitle} from '../components/page-title'
import {PurchaseCard} from '../components/purchase-card'
import {statusOfPurchases, withLiveSyncs} from '../components/purchase-syncs'
import {TextLink} from '../components/text-link'
import {useLivePage} from '../components/use-live-page'
import type {AccountView, Viewer} from '../components/views'
import {LinkedAccount} from '../cross-app/ui/linked-account'
import {LiveAnnouncement} from '../cross-app/ui/live-announcement'
import {getCsrfToken, getViewer} from '../server/auth'
import {hostContext} from '../server/host-context'

interface Props {
  viewer: Viewer
  account: AccountView
  csrfToken: string
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res}) => {
  const viewer = await getViewer(req, res)
  if (!viewer) return {redirect: {destination: '/sign-in?callbackUrl=/account', permanent: false}}
  const account = await getAccount(hostContext, {userId: viewer.id})
  const csrfToken = await getCsrfToken(req, res)
  return {props: {viewer, account, csrfToken}}
}

export default function AccountPage({viewer, account, csrfToken}: Props) {
  const {status, unreachable} = useLivePage({
    url: '/api/purchases/sync-status',
    initial: statusOfPurchases(account.purchases),
    stayCurrent: true,
  })
  const purchases = withLiveSyncs(account.purchases, status.syncs)
  return (
    <Layout title="Your account" viewer={viewer} width="reading">
      <PageTitle eyebrow="const you: Reader" title={account.name ?? 'Your account'}>
        <p className="[overflow-wrap:anywhere]">{account.email}</p>
      </PageTitle>

      <div className="space-y-12">
        <section aria-labelledby="purchases">
          <SectionTitle id="purchases">Purchases</SectionTitle>
          <LiveAnnouncement text={status.announcement} unreachable={unreachable} />
          {purchases.length === 0 ? (
            <EmptyState title="Nothing bought yet">
              <p className="mb-5">Courses and bundles you buy show up here, with everything they open.</p>
              <ButtonLink href="/">See all courses</ButtonLink>
            </EmptyState>
          ) : (
            <div className="space-y-6">
              {purchases.map((purchase) => (
                <PurchaseCard key={purchase.id} purchase={purchase} />
              ))}
            </div>
          )}
        </section>

        <section aria-labelledby="linked-account">
          <SectionTitle id="linked-account">Linked account</SectionTitle>
          <Card>
            <LinkedAccount link={account.link} otherApp="AI Hero" />
          </Card>
        </section>

        <section aria-labelledby="sign-in-ways">
          <SectionTitle id="sign-in-ways">Signing in</SectionTitle>
          <Card>
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
              <div className="min-w-0 flex-1 basis-60 text-sm text-ink-soft">
                <p>{waysToSignIn(account)}</p>
                {!account.emailConfirmed && (
                  <p className="mt-1">
                    Your email address is not confirmed yet.{' '}
                    <TextLink href="/sign-in?callbackUrl=/account">Get the email link</TextLink>
                  </p>
                )}
              </div>
              <form action="/api/auth/signout" method="post">
                <input type="hidden" name="csrfToken" value={csrfToken} />
                <input type="hidden" name="callbackUrl" value="/" />
                <Button look="secondary">Sign out</Button>
              </form>
            </div>
          </Card>
        </section>
      </div>
    </Layout>
  )
}

function waysToSignIn(account: AccountView): string {
  const ways = [...account.providers, 'an email link']
  return `You can sign in with ${new Intl.ListFormat('en', {type: 'disjunction'}).format(ways)}.`
}
