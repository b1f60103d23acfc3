import {Layout} from '../components/layout'
import {PageTitle} from '../components/page-title'
import {TextLink} from '../components/text-link'

export default function CheckYourEmailPage() {
  return (
    <Layout title="Check your email" viewer={undefined} width="reading">
      <PageTitle eyebrow="await inbox.next()" title="Check your email">
        <p>We have sent you a link. Open it in this browser, and you are signed in.</p>
      </PageTitle>
      <p className="max-w-prose text-ink-soft">
        Nothing there after a minute or two? Look in the spam folder, or{' '}
        <TextLink href="/sign-in">ask for another link</TextLink>. You can close this page.
      </p>
    </Layout>
  )
}
