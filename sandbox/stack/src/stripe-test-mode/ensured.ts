/** What became of one object on a Stripe account. */
export interface Ensured {
  kind: 'product' | 'price' | 'coupon' | 'promotion code'
  /** As a person knows it: the product's name, the code. */
  name: string
  /** Stripe's id of it now. */
  id: string
  outcome: 'created' | 'found' | 'changed'
  /** What was changed, or what was replaced. */
  detail?: string
}

/** A sentence about something that was there and differed; undefined when there is nothing to tell. */
export function describeChange({ kind, name, id, outcome, detail }: Ensured): string | undefined {
  if (outcome !== 'changed') return undefined
  return `Stripe's ${kind} ${id} (${name}) was changed${detail === undefined ? '' : `: ${detail}`}.`
}
