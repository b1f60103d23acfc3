import type {GetServerSideProps} from 'next'
import Head from 'next/head'
import {getThankYou} from '../commerce/read-thank-you'
import {Card} from '../components/card'
import {ConfirmEmailNotice} from '../components/confirm-email-notice'
import {firstValue} from '../components/first-value'
import {formatMoney} from '../components/format-money'
import {Layout} from '../components/layout'
import {OwnCourses} from '../components/own-courses'
import {PageTitle, SectionTitle} from '../components/page-title'
import {TextLink} from '../components/text-link'
import {useLivePage} from '../components/use-live-page'
import type {ThankYouView, Viewer} from '../components/views'
import {LiveAnnouncement} from '../cross-app/ui/live-announcement'
import {SyncStatusList} from '../cross-app/ui/sync-status'
import {getViewer} from '../server/auth'
import {hostContext} from '../server/host-context'

interface Props {
  viewer: Viewer | null
  sessionId: string
  thankYou: ThankYouView
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, query}) => {
  const sessionId = firstValue(query.session_id)
  if (sessionId === '') return {notFound: true}
  const viewer = await getViewer(req, res)
  const thankYou = await getThankYou(hostContext, {sessionId, userId: viewer?.id ?? null})
  if (!thankYou) return {notFound: true}
  return {props: {viewer, sessionId, thankYou}}
}

/** Each checkout gets a page of its own, also when one follows another in the same tab. */
export default function ThanksPage(props: Props) {
  return <Thanks key={props.sessionId} {...props} />
}

function Thanks({viewer, sessionId, thankYou}: Props) {
  const {status, unreachable} = useLivePage({
    url: `/api/purchases/sync-status?session_id=${encodeURIComponent(sessionId)}`,
    initial: thankYou.status,
    // A course that waits for its buyer is settled here, and still opens when they link their accounts in another tab.
    stayCurrent: true,
  })
  return (
    <Layout title="Thank you" viewer={viewer} width="reading">
      <Head>
        <meta name="robots" content="noindex" />
      </Head>
      <PageTitle eyebrow="await purchase" title="Thank you.">
        {thankYou.productTitle && (
          <p>
            <span className="font-semibold text-ink">{thankYou.productTitle}</span>
            {thankYou.price && <> · {formatMoney(thankYou.price)}</>}
          </p>
        )}
      </PageTitle>

      <div className="space-y-8" data-status={status.state} data-settled={status.settled}>
        <LiveAnnouncement text={status.announcement} unreachable={unreachable} />
        {thankYou.waitsForConfirmation && <ConfirmEmailNotice />}
        {status.syncs.length > 0 ? (
          <Card as="section">
            <SectionTitle>{status.headline}</SectionTitle>
            <SyncStatusList syncs={status.syncs} />
          </Card>
        ) : (
          <h2 className="border-l-4 border-blue pl-4 text-lg font-semibold">{status.headline}</h2>
        )}
        {!status.settled && (
          <noscript>
            <p className="text-sm">
              This page can’t renew itself without JavaScript. Load it again to see what has changed.
            </p>
          </noscript>
        )}

        {thankYou.courses.length > 0 && (
          <Card as="section">
            <SectionTitle>On Total TypeScript</SectionTitle>
            <OwnCourses courses={thankYou.courses} />
          </Card>
        )}

        <footer className="text-sm text-ink-soft">
          <p>
            You can leave this page: everything goes on without it, and{' '}
            <TextLink href="/account">your account</TextLink> shows the same.
          </p>
          {thankYou.purchaseId && (
            <p className="mt-2 font-mono text-xs [overflow-wrap:anywhere]">Purchase {thankYou.purchaseId}</p>
          )}
        </footer>
      </div>
    </Layout>
  )
}
