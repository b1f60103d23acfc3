import {stableId} from '@cross-app/shared'
import {bundle, courseByProductId, ttCourses} from '@sandbox/stack/catalogue'
import {ensureProduct} from '@sandbox/stack/stripe-test-mode/ensure-product'
import {describeChange} from '@sandbox/stack/stripe-test-mode/ensured'
import {catalogueCurrency, wantedProduct} from '@sandbox/stack/stripe-test-mode/wanted-on-stripe'
import type Stripe from 'stripe'
import {toDecimalText} from '../../src/commerce/money'
import type {PrismaClient} from '../../src/generated/prisma/client'

type Course = (typeof ttCourses)[number]
type Sold = Course | typeof bundle

export const MERCHANT_ACCOUNT_ID = 'merchant-account-stripe'

interface Context {
  db: PrismaClient
  stripe: Stripe
}

/**
 * Writes what Total TypeScript sells into its tables and its Stripe account, and corrects what differs.
 *
 * @returns what a person should know: prices replaced, and bundles that Stripe described differently
 */
export async function seedCatalogue({db, stripe}: Context): Promise<string[]> {
  const account = {label: 'stripe', identifier: 'stripe-total-typescript', status: 1}
  await db.merchantAccount.upsert({
    where: {id: MERCHANT_ACCOUNT_ID},
    create: {id: MERCHANT_ACCOUNT_ID, ...account},
    update: account,
  })
  const notes: string[] = []
  for (const [position, course] of ttCourses.entries()) {
    notes.push(...(await seedProduct({db, stripe}, course, position)))
  }
  await seedBundleItems(db)
  notes.push(...(await seedProduct({db, stripe}, bundle, 0)))
  return notes
}

async function seedProduct({db, stripe}: Context, sold: Sold, position: number): Promise<string[]> {
  const {productId} = sold
  const isCourse = 'lessons' in sold
  const product = {
    name: sold.name,
    productType: isCourse ? 'self-paced' : 'bundle',
    key: sold.slug,
    status: 1,
  }
  await db.product.upsert({where: {id: productId}, create: {id: productId, ...product}, update: product})
  const page = {
    kind: isCourse ? 'course' : 'bundle',
    slug: sold.slug,
    title: sold.name,
    tagline: sold.tagline,
    description: sold.description,
    position,
    lessons: isCourse ? sold.lessons.map(toContentLesson) : [],
  }
  await db.contentPage.upsert({where: {productId}, create: {productId, ...page}, update: page})
  const priceId = `price-${productId}`
  const price = {
    productId,
    nickname: sold.name,
    status: 1,
    unitAmount: toDecimalText(sold.priceInCents, catalogueCurrency),
  }
  await db.price.upsert({where: {id: priceId}, create: {id: priceId, ...price}, update: price})
  const wanted = wantedProduct(sold)
  const atStripe = await ensureProduct(stripe, wanted)
  await seedMerchantRows(db, {
    productId,
    priceId,
    stripeProductId: wanted.stripeProductId,
    stripePriceId: atStripe.priceId,
  })
  return atStripe.ensured.map(describeChange).filter((note) => note !== undefined)
}

async function seedMerchantRows(
  db: PrismaClient,
  ids: {productId: string; priceId: string; stripeProductId: string; stripePriceId: string},
): Promise<void> {
  const merchantProductId = `merchant-${ids.productId}`
  const merchantProduct = {
    merchantAccountId: MERCHANT_ACCOUNT_ID,
    productId: ids.productId,
    status: 1,
    identifier: ids.stripeProductId,
  }
  await db.merchantProduct.upsert({
    where: {id: merchantProductId},
    create: {id: merchantProductId, ...merchantProduct},
    update: merchantProduct,
  })
  const merchantPriceId = await stableId('merchant-price', ids.stripePriceId)
  // A price at Stripe never changes; a new one replaces it, and the old one still explains old payments.
  await db.merchantPrice.updateMany({
    where: {merchantProductId, NOT: {id: merchantPriceId}},
    data: {status: 0},
  })
  const merchantPrice = {
    merchantAccountId: MERCHANT_ACCOUNT_ID,
    merchantProductId,
    priceId: ids.priceId,
    status: 1,
    identifier: ids.stripePriceId,
  }
  await db.merchantPrice.upsert({
    where: {id: merchantPriceId},
    create: {id: merchantPriceId, ...merchantPrice},
    update: merchantPrice,
  })
}

async function seedBundleItems(db: PrismaClient): Promise<void> {
  const wanted: string[] = []
  for (const [position, item] of bundle.items.entries()) {
    const course = courseByProductId(item.productId)
    const id = await stableId('bundle-item', bundle.productId, item.app, item.productId)
    const row = {
      productId: bundle.productId,
      targetApp: item.app,
      targetProductId: item.productId,
      title: course.name,
      summary: course.tagline,
      path: `/courses/${course.slug}`,
      position,
      listPriceAmount: course.priceInCents,
      listPriceCurrency: catalogueCurrency,
    }
    await db.bundleItem.upsert({where: {id}, create: {id, ...row}, update: row})
    wanted.push(id)
  }
  await db.bundleItem.deleteMany({where: {productId: bundle.productId, id: {notIn: wanted}}})
}

function toContentLesson(lesson: Course['lessons'][number]) {
  const body = lesson.body
    .map((paragraph) =>
      paragraph.startsWith('    ') ? `\`\`\`ts\n${paragraph.replace(/^ {4}/gm, '')}\n\`\`\`` : paragraph,
    )
    .join('\n\n')
  return {slug: lesson.slug, title: lesson.title, minutes: lesson.minutes, body}
}
