import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts'

let test: TestSandbox
beforeAll(async () => {
  test = await startTestSandbox()
})
afterAll(() => test.close())

describe('the account', () => {
  it('is the one that the key belongs to', async () => {
    const [own, other] = await Promise.all(
      [test.stripe, test.otherStripe].map((stripe) => stripe.accounts.retrieveCurrent()),
    )
    expect([own?.id, other?.id]).toEqual(['acct_sandbox_tt', 'acct_sandbox_ah'])
  })
})

describe('products', () => {
  it('are created with a default price, changed and read back', async () => {
    const product = await test.stripe.products.create({
      name: 'TypeScript + AI',
      description: 'Three courses',
      metadata: { bundle: 'yes', removed: 'soon' },
      default_price_data: { currency: 'usd', unit_amount: 14_900 },
      expand: ['default_price'],
    })
    expect(product.default_price).toMatchObject({ object: 'price', unit_amount: 14_900, product: product.id })

    const changed = await test.stripe.products.update(product.id, { metadata: { removed: '', added: '1' } })
    expect(changed.metadata).toEqual({ bundle: 'yes', added: '1' })
    expect(await test.stripe.products.retrieve(product.id)).toMatchObject({ name: 'TypeScript + AI' })
  })

  it('keep an id that the caller chose, and refuse it a second time', async () => {
    const id = `prod_chosen_${Date.now()}`
    await test.stripe.products.create({ id, name: 'Chosen' })
    await expect(test.stripe.products.create({ id, name: 'Again' })).rejects.toMatchObject({
      statusCode: 400,
      code: 'resource_already_exists',
    })
  })

  it('can only be deleted without prices', async () => {
    const withPrice = await test.stripe.products.create({
      name: 'Priced',
      default_price_data: { currency: 'usd', unit_amount: 100 },
    })
    await expect(test.stripe.products.del(withPrice.id)).rejects.toMatchObject({ statusCode: 400 })
    const without = await test.stripe.products.create({ name: 'Free to go' })
    expect(await test.stripe.products.del(without.id)).toEqual(expect.objectContaining({ deleted: true }))
    await expect(test.stripe.products.retrieve(without.id)).rejects.toMatchObject({ statusCode: 404 })
  })
})

describe('prices', () => {
  it('are whole minor units and refuse fractions', async () => {
    const product = await test.stripe.products.create({ name: 'Course' })
    const price = await test.stripe.prices.create({ product: product.id, currency: 'USD', unit_amount: 4900 })
    expect(price).toMatchObject({ currency: 'usd', unit_amount: 4900, type: 'one_time' })
    expect(String(price.unit_amount_decimal)).toBe('4900')
    await expect(
      test.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 49.5 }),
    ).rejects.toMatchObject({ code: 'parameter_invalid_integer', param: 'unit_amount' })
  })

  it('are found by lookup key, which moves only when asked', async () => {
    const lookupKey = `bundle-${Date.now()}`
    const product = await test.stripe.products.create({ name: 'Course' })
    const data = { product: product.id, currency: 'usd', unit_amount: 4900, lookup_key: lookupKey }
    const first = await test.stripe.prices.create(data)
    await expect(test.stripe.prices.create(data)).rejects.toMatchObject({ param: 'lookup_key' })
    const second = await test.stripe.prices.create({ ...data, transfer_lookup_key: true })
    const found = await test.stripe.prices.list({ lookup_keys: [lookupKey], expand: ['data.product'] })
    expect(found.data.map(({ id }) => id)).toEqual([second.id])
    expect(found.data[0]?.product).toMatchObject({ name: 'Course' })
    expect((await test.stripe.prices.retrieve(first.id)).lookup_key).toBeNull()
  })

  it('are archived only when their product does not offer them first', async () => {
    const { id, default_price: first } = await test.stripe.products.create({
      name: 'Course',
      default_price_data: { currency: 'usd', unit_amount: 100 },
    })
    const archive = () => test.stripe.prices.update(String(first), { active: false })
    await expect(archive()).rejects.toMatchObject({ statusCode: 400, param: 'active' })
    const second = await test.stripe.prices.create({ product: id, currency: 'usd', unit_amount: 200 })
    await test.stripe.products.update(id, { default_price: second.id })
    expect((await archive()).active).toBe(false)
  })
})

describe('customers', () => {
  it('are created, changed, found by email and deleted', async () => {
    const email = `ada-${Date.now()}@example.com`
    const customer = await test.stripe.customers.create({ email, name: 'Ada', metadata: { userId: 'u1' } })
    const changed = await test.stripe.customers.update(customer.id, { name: 'Ada L.' })
    expect(changed).toMatchObject({ email, name: 'Ada L.', metadata: { userId: 'u1' } })
    expect((await test.stripe.customers.list({ email })).data).toHaveLength(1)

    await test.stripe.customers.del(customer.id)
    expect(await test.stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true })
    expect((await test.stripe.customers.list({ email })).data).toHaveLength(0)
  })
})

describe('coupons and promotion codes', () => {
  it('are created and read back with the coupon expanded', async () => {
    const coupon = await test.stripe.coupons.create({ percent_off: 100, name: 'Friends' })
    const code = await test.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: `FRIEND-${Date.now()}`,
      max_redemptions: 1,
      expand: ['promotion.coupon'],
    })
    expect(code.promotion.coupon).toMatchObject({ percent_off: 100, valid: true })
    expect((await test.stripe.promotionCodes.list({ code: code.code })).data[0]?.id).toBe(code.id)
  })

  it('end together: without its coupon a code takes nothing off, and is free to be used again', async () => {
    const coupon = await test.stripe.coupons.create({ percent_off: 10 })
    const other = await test.stripe.coupons.create({ percent_off: 20 })
    const create = (couponId: string) =>
      test.stripe.promotionCodes.create({
        promotion: { type: 'coupon', coupon: couponId },
        code: `END-${coupon.id}`,
      })
    const { id } = await create(coupon.id)
    await expect(create(other.id)).rejects.toMatchObject({ code: 'resource_already_exists' })
    await test.stripe.coupons.del(coupon.id)
    expect((await test.stripe.promotionCodes.retrieve(id)).active).toBe(false)
    expect((await create(other.id)).active).toBe(true)
  })

  it('need either a percentage or an amount', async () => {
    await expect(test.stripe.coupons.create({ duration: 'once' })).rejects.toMatchObject({ statusCode: 400 })
    await expect(test.stripe.coupons.create({ amount_off: 500 })).rejects.toMatchObject({ param: 'currency' })
  })
})
