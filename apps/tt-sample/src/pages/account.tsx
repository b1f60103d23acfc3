import type {GetServerSideProps} from 'next'
import Head from 'next/head'
import {getAccount} from '../commerce/read-account'
import {type AccountMessage, accountProblem} from '../components/account-message'
import {AiHeroSection} from '../components/ai-hero-section'
import {Button, ButtonLink} from '../components/button'
import {Card} from '../components/card'
import {ConfirmEmailNotice} from '../components/confirm-email-notice'
import {ConnectedSignIns} from '../components/connected-sign-ins'
import {DeleteAccountSection} from '../components/delete-account-section'
import {EmptyState} from '../components/empty-state'
import {firstValue} from '../components/first-value'
import {Layout} from '../components/layout'
import {Notice} from '../components/notice'
import {PageTitle, SectionTitle} from '../components/page-title'
import {PurchaseCard} from '../components/purchase-card'
import {statusOfAccount, withLiveSyncs} from '../components/purchase-syncs'
import {useLivePage} from '../components/use-live-page'
import type {AccountView, Viewer} from '../components/views'
import {LiveAnnouncement} from '../cross-app/ui/live-announcement'
import {getCsrfToken, getViewer} from '../server/auth'
import {offeredProviders} from '../server/auth/offered-providers'
import {hostContext} from '../server/host-context'

type Confirming = 'unlink' | 'delete' | null

interface Props {
  viewer: Viewer
  account: AccountView
  csrfToken: string
  /** The reader comes from AI Hero, to link. */
  arrived: boolean
  confirming: Confirming
  problem: string
  done: string
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, query}) => {
  const viewer = await getViewer(req, res)
  const arrived = firstValue(query.link) === 'ai-hero'
  if (!viewer) {
    const back = arrived ? '/account?link=ai-hero#ai-hero' : '/account'
    return {redirect: {destination: `/sign-in?callbackUrl=${encodeURIComponent(back)}`, permanent: false}}
  }
  const account = await getAccount(hostContext, {userId: viewer.id, offered: offeredProviders()})
  const csrfToken = await getCsrfToken(req, res)
  const confirm = firstValue(query.confirm)
  return {
    props: {
      viewer,
      account,
      csrfToken,
      arrived,
      confirming: confirm === 'unlink' || confirm === 'delete' ? confirm : null,
      problem: firstValue(query.problem),
      done: firstValue(query.done),
    },
  }
}

export default function AccountPage(props: Props) {
  const {viewer, account, csrfToken, arrived, confirming, done} = props
  const {status, unreachable} = useLivePage({
    url: '/api/purchases/sync-status',
    initial: statusOfAccount(account),
    stayCurrent: true,
  })
  const purchases = withLiveSyncs(account.purchases, status.syncs)
  const problem = accountProblem(props.problem)
  const aboutDeleting = props.problem === 'confirm-delete'
  return (
    <Layout title={titleFor(confirming, problem)} viewer={viewer} width="reading">
      <Head>
        <meta name="robots" content="noindex" />
      </Head>
      <PageTitle eyebrow="const you: Reader" title={account.name ?? 'Your account'}>
        <p className="[overflow-wrap:anywhere]">{account.email}</p>
      </PageTitle>

      <div className="space-y-12">
        {done === 'email-confirmed' && (
          <Notice tone="hint">
            <p className="font-semibold">Your address is confirmed</p>
            <p>What you bought with it is yours to open.</p>
          </Notice>
        )}
        {account.waitsForConfirmation && <ConfirmEmailNotice />}

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

        <AiHeroSection
          link={status.link ?? account.link}
          problem={aboutDeleting ? null : problem}
          arrived={arrived}
          confirming={confirming === 'unlink'}
          justUnlinked={done === 'unlink-requested'}
        />

        <section aria-labelledby="connected-sign-ins">
          <SectionTitle id="connected-sign-ins">Connected sign-ins</SectionTitle>
          <Card>
            <ConnectedSignIns
              ways={account.signInWays}
              email={account.email}
              emailConfirmed={account.emailConfirmed}
            />
            <form action="/api/auth/signout" method="post" className="mt-6">
              <input type="hidden" name="csrfToken" value={csrfToken} />
              <input type="hidden" name="callbackUrl" value="/" />
              <Button look="secondary">Sign out</Button>
            </form>
          </Card>
        </section>

        <DeleteAccountSection confirming={confirming === 'delete'} problem={aboutDeleting ? problem : null} />
      </div>
    </Layout>
  )
}

/** A page is known by its title before anything on it is read. */
function titleFor(confirming: Confirming, problem: AccountMessage | null): string {
  if (problem !== null) return `${problem.title} · Your account`
  switch (confirming) {
    case 'unlink':
      return 'Unlink from AI Hero? · Your account'
    case 'delete':
      return 'Delete your account?'
    case null:
      return 'Your account'
  }
}
