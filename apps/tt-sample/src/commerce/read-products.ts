import {lessonsOf} from '../access/content'
import {findOpenPurchase} from '../access/find-open-purchase'
import type {AppName, IncludedCourse, ProductCardView, ProductPageView} from '../components/views'
import type {Database} from '../cross-app'
import type {BundleItem, ContentPage} from '../generated/prisma/client'
import {readBundleOffer} from './read-bundle-offer'
import {readPrice} from './read-price'

/** What is for sale, bundles first. */
export async function listProducts({db}: {db: Database}): Promise<ProductCardView[]> {
  const pages = await db.contentPage.findMany({orderBy: [{kind: 'asc'}, {position: 'asc'}]})
  const cards = await Promise.all(pages.map((page) => describeCard(db, page)))
  return cards.filter((card) => card !== null)
}

/** One product's page; null when there is none by that name, or it isn't for sale. */
export async function getProductPage(
  context: {db: Database},
  {slug, userId}: {slug: string; userId: string | null},
): Promise<ProductPageView | null> {
  const {db} = context
  const page = await db.contentPage.findUnique({where: {slug}})
  const card = page === null ? null : await describeCard(db, page)
  if (page === null || card === null) return null
  const purchase =
    userId === null ? null : await findOpenPurchase(context, {userId, productId: page.productId})
  const includes = await listIncluded(db, page)
  const first = includes.find((course) => course.slug !== null)
  const offer =
    card.kind === 'bundle' ? null : await readBundleOffer(context, {productId: page.productId, userId})
  return {
    ...card,
    offer,
    description: page.description.split('\n\n'),
    includes: includes.map(({slug: _, ...course}) => course),
    owned:
      purchase === null
        ? null
        : {purchaseId: purchase.id, courseHref: first === undefined ? null : `/courses/${first.slug}`},
  }
}

async function describeCard(db: Database, page: ContentPage): Promise<ProductCardView | null> {
  const price = await readPrice(db, page.productId)
  if (price === null) return null
  const items = await listItems(db, page.productId)
  return {
    id: page.productId,
    slug: page.slug,
    title: page.title,
    summary: page.tagline,
    kind: page.kind === 'bundle' ? 'bundle' : 'course',
    price,
    includes:
      items.length === 0
        ? [{title: page.title, app: 'total-typescript'}]
        : items.map((item) => ({title: item.title, app: item.targetApp as AppName})),
  }
}

async function listIncluded(
  db: Database,
  page: ContentPage,
): Promise<(IncludedCourse & {slug: string | null})[]> {
  const items = await listItems(db, page.productId)
  if (items.length === 0) return [describeOwn(page)]
  const own = await db.contentPage.findMany({
    where: {productId: {in: items.map((item) => item.targetProductId)}},
  })
  return items.map((item) => {
    const ownPage = own.find((candidate) => candidate.productId === item.targetProductId)
    return item.targetApp === 'total-typescript' && ownPage !== undefined
      ? describeOwn(ownPage)
      : {title: item.title, summary: item.summary, app: item.targetApp as AppName, lessons: [], slug: null}
  })
}

function describeOwn(page: ContentPage): IncludedCourse & {slug: string} {
  return {
    title: page.title,
    summary: page.tagline,
    app: 'total-typescript',
    lessons: lessonsOf(page).map(({title}) => ({title})),
    slug: page.slug,
  }
}

function listItems(db: Database, productId: string): Promise<BundleItem[]> {
  return db.bundleItem.findMany({where: {productId}, orderBy: {position: 'asc'}})
}
