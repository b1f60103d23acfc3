import type {GetServerSideProps} from 'next'
import {getProductPage} from '../../commerce/read-products'
import {AppLabel} from '../../components/app-label'
import {BundleOffer} from '../../components/bundle-offer'
import {ButtonLink} from '../../components/button'
import {firstValue} from '../../components/first-value'
import {Layout} from '../../components/layout'
import {Notice} from '../../components/notice'
import {PageTitle, SectionTitle} from '../../components/page-title'
import {Price} from '../../components/price'
import {signatureOf} from '../../components/product-card'
import {productProblem} from '../../components/product-problem'
import {SubmitButton} from '../../components/submit-button'
import type {IncludedCourse, ProductPageView, Viewer} from '../../components/views'
import {getViewer} from '../../server/auth'
import {hostContext} from '../../server/host-context'

interface Props {
  viewer: Viewer | null
  product: ProductPageView
  problem: string | null
  cancelled: boolean
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, params, query}) => {
  const viewer = await getViewer(req, res)
  const product = await getProductPage(hostContext, {
    slug: firstValue(params?.slug),
    userId: viewer?.id ?? null,
  })
  if (!product) return {notFound: true}
  return {
    props: {
      viewer,
      product,
      problem: firstValue(query.error) || null,
      cancelled: firstValue(query.cancelled) !== '',
    },
  }
}

export default function ProductPage({viewer, product, problem, cancelled}: Props) {
  const isBundle = product.kind === 'bundle'
  return (
    <Layout title={product.title} description={product.summary} viewer={viewer}>
      <div className="grid gap-x-16 gap-y-10 lg:grid-cols-[1fr_22rem]">
        <div className="min-w-0">
          <PageTitle eyebrow={signatureOf(product)} title={product.title}>
            <p>{product.summary}</p>
          </PageTitle>
          <div className="max-w-[38rem] space-y-5">
            {product.description.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        </div>

        <div className="lg:row-span-2">
          <aside aria-label="Buy" className="rounded-lg border border-rule bg-sheet p-6 lg:sticky lg:top-8">
            {(problem || cancelled) && (
              <div className="mb-6">
                <CheckoutMessage problem={problem} />
              </div>
            )}
            {product.owned ? <Owned owned={product.owned} /> : <BuyForm product={product} viewer={viewer} />}
            {product.offer && (
              <div className="mt-6 border-t border-rule pt-6">
                <BundleOffer offer={product.offer} look="secondary" />
              </div>
            )}
          </aside>
        </div>

        <section aria-labelledby="contents" className="min-w-0">
          <SectionTitle id="contents">{isBundle ? 'What is in the bundle' : 'What is in it'}</SectionTitle>
          <div className="border-b border-rule">
            {product.includes.map((course) => (
              <Included key={course.title} course={course} showPlace={isBundle} />
            ))}
          </div>
        </section>
      </div>
    </Layout>
  )
}

function CheckoutMessage({problem}: {problem: string | null}) {
  if (!problem) {
    return (
      <Notice tone="hint">
        <p>You left checkout. Nothing was charged.</p>
      </Notice>
    )
  }
  const {title, detail} = productProblem(problem)
  return (
    <Notice tone="problem">
      <p className="font-semibold">{title}</p>
      <p>{detail}</p>
    </Notice>
  )
}

/** A course that a bundle holds takes its buyer past the choice between the two; anything else goes to Stripe at once. */
function BuyForm({product, viewer}: {product: ProductPageView; viewer: Viewer | null}) {
  return (
    <>
      <p className="mb-5">
        <Price price={product.price} size="large" />
      </p>
      {product.offer ? (
        <ButtonLink href={`/checkout/${product.slug}`} wide>
          Buy this course
        </ButtonLink>
      ) : (
        <form action="/api/checkout" method="post">
          <input type="hidden" name="productId" value={product.id} />
          <SubmitButton wide busyLabel="Opening checkout…">
            Buy {product.kind === 'bundle' ? 'the bundle' : 'this course'}
          </SubmitButton>
        </form>
      )}
      <p className="mt-4 text-sm text-ink-soft [overflow-wrap:anywhere]">
        {viewer
          ? `You pay with Stripe. The purchase goes to your account, ${viewer.email}.`
          : 'You pay with Stripe. No account needed: afterwards you confirm the address you pay with, and it is yours.'}
      </p>
    </>
  )
}

function Owned({owned}: {owned: NonNullable<ProductPageView['owned']>}) {
  return (
    <>
      <p className="font-serif text-xl font-semibold">You own this</p>
      <p className="mt-2 mb-5 text-sm text-ink-soft">
        What it opens, here and elsewhere, is listed in your account.
      </p>
      <div className="space-y-3">
        {owned.courseHref && (
          <ButtonLink href={owned.courseHref} wide>
            Go to the course
          </ButtonLink>
        )}
        <ButtonLink href="/account" look="secondary" wide>
          See your account
        </ButtonLink>
      </div>
    </>
  )
}

function Included({course, showPlace}: {course: IncludedCourse; showPlace: boolean}) {
  return (
    <div className="grid gap-x-8 gap-y-2 border-t border-rule py-6 sm:grid-cols-[1fr_1fr]">
      <div>
        {showPlace && <AppLabel app={course.app} />}
        <h3 className="text-lg font-semibold">{course.title}</h3>
        <p className="mt-1 text-sm text-ink-soft">{course.summary}</p>
      </div>
      {course.lessons.length > 0 && (
        <ol className="text-sm">
          {course.lessons.map((lesson, index) => (
            <li key={lesson.title} className="flex gap-3 py-1">
              <span aria-hidden="true" className="font-mono text-xs leading-6 text-ink-soft">
                {String(index + 1).padStart(2, '0')}
              </span>
              {lesson.title}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
