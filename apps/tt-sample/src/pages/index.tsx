import type {GetServerSideProps} from 'next'
import {listProducts} from '../commerce/read-products'
import {BundleType} from '../components/bundle-type'
import {EmptyState} from '../components/empty-state'
import {firstValue} from '../components/first-value'
import {Layout} from '../components/layout'
import {Notice} from '../components/notice'
import {PageTitle, SectionTitle} from '../components/page-title'
import {BundleCard, CourseCard} from '../components/product-card'
import type {ProductCardView, Viewer} from '../components/views'
import {getViewer} from '../server/auth'
import {hostContext} from '../server/host-context'

interface Props {
  viewer: Viewer | null
  products: ProductCardView[]
  accountDeleted: boolean
}

export const getServerSideProps: GetServerSideProps<Props> = async ({req, res, query}) => {
  const [viewer, products] = await Promise.all([getViewer(req, res), listProducts(hostContext)])
  return {
    props: {
      viewer,
      products,
      accountDeleted: viewer === null && firstValue(query.done) === 'account-deleted',
    },
  }
}

export default function HomePage({viewer, products, accountDeleted}: Props) {
  const bundles = products.filter((product) => product.kind === 'bundle')
  const courses = products.filter((product) => product.kind === 'course')
  return (
    <Layout
      title="TypeScript courses, and a bundle with AI Hero"
      description="Courses on TypeScript are taken here, courses on AI at AI Hero. Buy the bundle once and both open."
      viewer={viewer}
    >
      {accountDeleted && (
        <div className="mb-10 max-w-2xl">
          <Notice tone="hint">
            <p className="font-semibold">Your account is deleted</p>
            <p>You are signed out. Courses you had opened on AI Hero stay open in your account there.</p>
          </Notice>
        </div>
      )}
      <div className="lg:flex lg:items-center lg:justify-between lg:gap-12">
        <PageTitle eyebrow="const reader: Developer" title="Two places to learn. One purchase.">
          <p>
            Courses on TypeScript are taken here, courses on AI at AI Hero. Buy the bundle once, and both open
            by themselves.
          </p>
        </PageTitle>
        {bundles[0] && <BundleType bundle={bundles[0]} />}
      </div>

      {products.length === 0 ? (
        <EmptyState title="The shelf is empty">
          <p>No course is for sale right now. Please come back later.</p>
        </EmptyState>
      ) : (
        <div className="space-y-12 sm:space-y-16" id="courses">
          {bundles.map((product) => (
            <BundleCard key={product.id} product={product} />
          ))}
          {courses.length > 0 && (
            <section aria-labelledby="single-courses">
              <SectionTitle id="single-courses">Single courses</SectionTitle>
              <div className="grid gap-6 md:grid-cols-2">
                {courses.map((product) => (
                  <CourseCard key={product.id} product={product} />
                ))}
              </div>
            </section>
          )}
          <HowItWorks />
        </div>
      )}
    </Layout>
  )
}

const steps = [
  {title: 'Buy here', text: 'With or without an account. The price you see is the price you pay.'},
  {
    title: 'We tell AI Hero',
    text: 'A signed message carries what you bought. You see its progress as it happens.',
  },
  {
    title: 'Both open',
    text: 'Your TypeScript course here, your AI courses there, each under your own sign-in.',
  },
]

function HowItWorks() {
  return (
    <section aria-labelledby="how-it-works" className="border-t border-rule pt-12">
      <SectionTitle id="how-it-works">How the bundle reaches AI Hero</SectionTitle>
      <ol className="grid gap-x-8 gap-y-6 md:grid-cols-3">
        {steps.map((step, index) => (
          <li key={step.title}>
            <p aria-hidden="true" className="font-mono text-sm text-blue">
              {String(index + 1).padStart(2, '0')}
            </p>
            <h3 className="mt-1 font-semibold">{step.title}</h3>
            <p className="mt-1 text-sm text-ink-soft">{step.text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
