import Link from 'next/link'
import {AppLabel} from './app-label'
import {Price} from './price'
import {typeName} from './type-name'
import type {ProductCardView} from './views'

/** The bundle: the wide first entry of the catalogue. */
export function BundleCard({product}: {product: ProductCardView}) {
  return (
    <article className="relative grid overflow-hidden rounded-lg border border-blue/40 bg-blue-wash md:grid-cols-[1.15fr_1fr]">
      <div className="p-6 sm:p-10">
        <p className="mb-3 font-mono text-sm text-blue">{signatureOf(product)}</p>
        <ProductHeading product={product} large />
        <p className="mt-4 max-w-prose text-ink-soft">{product.summary}</p>
        <p className="mt-6">
          <Price price={product.price} size="large" />
        </p>
      </div>
      <div className="border-t border-blue/25 bg-sheet p-6 sm:p-10 md:border-t-0 md:border-l">
        <h3 className="mb-2 text-sm font-semibold">What is in it</h3>
        <Includes product={product} />
      </div>
    </article>
  )
}

/** One course of the catalogue. */
export function CourseCard({product}: {product: ProductCardView}) {
  return (
    <article className="relative flex flex-col rounded-lg border border-rule bg-sheet p-6 hover:border-blue sm:p-8">
      <p className="mb-3 font-mono text-sm text-blue">{signatureOf(product)}</p>
      <ProductHeading product={product} />
      <p className="mt-3 max-w-prose flex-1 text-ink-soft">{product.summary}</p>
      <p className="mt-6">
        <Price price={product.price} />
      </p>
    </article>
  )
}

/** The title is the link, and covers its whole card for those who point at it. */
function ProductHeading({product, large = false}: {product: ProductCardView; large?: boolean}) {
  const Tag = large ? 'h2' : 'h3'
  return (
    <Tag className={`font-serif font-semibold tracking-tight ${large ? 'text-2xl' : 'text-xl'}`}>
      <Link
        href={`/products/${product.slug}`}
        className="decoration-2 underline-offset-4 after:absolute after:inset-0 after:rounded-lg hover:underline"
      >
        {product.title}
      </Link>
    </Tag>
  )
}

function Includes({product}: {product: ProductCardView}) {
  return (
    <ul className="divide-y divide-rule">
      {product.includes.map((course) => (
        <li key={course.title} className="flex flex-wrap items-baseline justify-between gap-x-4 py-3">
          <span className="font-semibold">{course.title}</span>
          <AppLabel app={course.app} />
        </li>
      ))}
    </ul>
  )
}

/** The line of code above a product's title. A bundle is an intersection of what is in it. */
export function signatureOf({kind, title}: {kind: ProductCardView['kind']; title: string}): string {
  return kind === 'bundle' ? 'type Bundle = TypeScript & AI' : `type ${typeName(title)}`
}
