import type {GetServerSideProps} from 'next'
import Head from 'next/head'
import {getProductPage} from '../../commerce/read-products'
import {BundleOffer} from '../../components/bundle-offer'
import {Card} from '../../components/card'
import {firstValue} from '../../components/first-value'
import {formatMoney} from '../../components/format-money'
import {Layout} from '../../components/layout'
import {PageTitle} from '../../components/page-title'
import {SubmitButton} from '../../components/submit-button'
import {TextLink} from '../../components/text-link'
import type {ProductPageView, Viewer} from '../../components/views'
import {getViewer} from '../../server/auth'
import {hostContext} from '../../server/host-context'

interface Props {
  viewer: Viewer | null
  product: ProductPageView
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, params}) => {
  const viewer = await getViewer(req, res)
  const slug = firstValue(params?.slug)
  const product = await getProductPage(hostContext, {slug, userId: viewer?.id ?? null})
  if (!product) return {notFound: true}
  // Nothing to choose between: the product's own page says what there is to do.
  if (product.owned || !product.offer) {
    return {redirect: {destination: `/products/${product.slug}`, permanent: false}}
  }
  return {props: {viewer, product}}
}

/** The choice before paying for a course alone. One press goes on without the bundle. */
export default function CheckoutChoicePage({viewer, product}: Props) {
  return (
    <Layout title={`Before you pay: ${product.title}`} viewer={viewer} width="reading">
      <Head>
        <meta name="robots" content="noindex" />
      </Head>
      <PageTitle eyebrow="course | bundle" title="One course, or both places?">
        <p>Nothing is charged before you have paid on the next page.</p>
      </PageTitle>
      <div className="space-y-6">
        <Card as="section">
          <h2 className="text-lg font-semibold tracking-tight">Just {product.title}</h2>
          <p className="mt-2 mb-4 text-sm">
            <strong>{formatMoney(product.price)}</strong> for this course, on Total TypeScript.
          </p>
          <form action="/api/checkout" method="post">
            <input type="hidden" name="productId" value={product.id} />
            <SubmitButton wide look="secondary" busyLabel="Opening checkout…">
              Continue with this course only
            </SubmitButton>
          </form>
        </Card>
        {product.offer && (
          <div className="rounded-lg border border-blue/40 bg-blue-wash p-5 sm:p-8">
            <BundleOffer offer={product.offer} look="primary" />
          </div>
        )}
        <p className="text-sm">
          <TextLink href={`/products/${product.slug}`}>Back to the course</TextLink>
        </p>
      </div>
    </Layout>
  )
}
