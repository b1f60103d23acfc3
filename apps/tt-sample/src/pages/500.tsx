import {ButtonLink} from '../components/button'
import {Layout} from '../components/layout'
import {PageTitle} from '../components/page-title'

export default function ServerErrorPage() {
  return (
    <Layout title="Something broke" viewer={undefined} width="reading">
      <PageTitle eyebrow="500: unknown" title="Something broke on our side">
        <p>
          Your purchases and courses are safe. Please load the page again in a minute; what you paid for is
          not affected by this.
        </p>
      </PageTitle>
      <ButtonLink href="/">Go to the start page</ButtonLink>
    </Layout>
  )
}
