import {ButtonLink} from '../components/button'
import {Layout} from '../components/layout'
import {PageTitle} from '../components/page-title'

export default function NotFoundPage() {
  return (
    <Layout title="Page not found" viewer={undefined} width="reading">
      <PageTitle eyebrow="404: never" title="There is nothing at this address">
        <p>It may have moved, or the link was cut short on its way to you.</p>
      </PageTitle>
      <ButtonLink href="/">See all courses</ButtonLink>
    </Layout>
  )
}
