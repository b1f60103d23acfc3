import { describe, expect, it } from 'vitest'
import { ahCourses, bundle, courseByProductId, stripeIds, ttCourses, ttProducts } from './catalogue.ts'

const courses = [...ttCourses, ...ahCourses]

describe('catalogue', () => {
  it('has in the bundle one course of the seller and two of the other app', () => {
    const apps = bundle.items.map(({ productId }) => courseByProductId(productId).app)
    expect(apps).toEqual(['total-typescript', 'ai-hero', 'ai-hero'])
    expect(bundle.items.map(({ app }) => app)).toEqual(apps)
  })

  it('sells the bundle for less than its courses', () => {
    const sum = bundle.items.reduce(
      (total, { productId }) => total + courseByProductId(productId).priceInCents,
      0,
    )
    expect(bundle.priceInCents).toBeLessThan(sum)
  })

  it('has ids that are unique, lessons included', () => {
    const ids = [
      ...courses.flatMap((course) => [
        course.productId,
        course.resourceId,
        ...course.lessons.map(({ id }) => id),
      ]),
      bundle.productId,
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has prices in whole cents', () => {
    for (const { priceInCents } of [...ttProducts, ...ahCourses])
      expect(Number.isInteger(priceInCents)).toBe(true)
  })

  it('has something to read in every lesson', () => {
    for (const lesson of courses.flatMap((course) => course.lessons))
      expect(lesson.body.join('').length).toBeGreaterThan(100)
  })

  it('gives every product Stripe ids of its own', () => {
    const products = [...ttProducts, ...ahCourses].map(({ productId }) => stripeIds(productId).productId)
    expect(new Set(products).size).toBe(products.length)
  })
})
