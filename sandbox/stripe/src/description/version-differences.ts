import type { Description, Schema } from './read-description.ts'

/** Something that the SDK knows and Stripe's published description, which is two months older, does not. */
interface Difference {
  /** Why it is right all the same: the release of stripe-node that brought it, or what it says about it. */
  reason: string
}

/** A field that the sandbox's objects have. */
export interface FieldDifference extends Difference {
  /** The schema in the description that lacks it. */
  schema: string
  /** Where objects show it: `charge /payment_method_details/card`. */
  at: string
  field: string
  /** What its values have to be like: as the SDK declares them. */
  is: Schema
}

/** A parameter that the sandbox takes. */
export interface ParameterDifference extends Difference {
  /** The call in the description that lacks it: `POST /v1/checkout/sessions`. */
  call: string
  parameter: string
}

const TEXT_OR_NULL: Schema = { type: 'string', nullable: true }

/** Between the description's API version, 2026-08-26.dahlia, and the SDK's, 2026-10-28.endive. All of them. */
export const FIELD_DIFFERENCES: FieldDifference[] = [
  {
    schema: 'charge',
    at: 'charge',
    field: 'source',
    is: { type: 'object', nullable: true },
    reason:
      'declared by the SDK as a legacy field that is still sent; the published description leaves it out',
  },
  {
    schema: 'payment_intent',
    at: 'payment_intent',
    field: 'source',
    is: TEXT_OR_NULL,
    reason:
      'declared by the SDK as a legacy field that is still sent; the published description leaves it out',
  },
  {
    schema: 'product',
    at: 'product',
    field: 'type',
    is: { type: 'string', enum: ['good', 'service'] },
    reason: 'declared by the SDK, from the time of orders; the published description leaves it out',
  },
  {
    schema: 'payment_method_details_card',
    at: 'charge /payment_method_details/card',
    field: 'electronic_commerce_indicator',
    is: TEXT_OR_NULL,
    reason: 'added in 2026-09-30.endive (stripe-node 23.0.0)',
  },
  {
    schema: 'checkout.session',
    at: 'checkout.session',
    field: 'allowed_payment_method_types',
    is: { type: 'array', items: { type: 'string' }, nullable: true },
    reason: 'added in 2026-09-30.endive (stripe-node 23.0.0)',
  },
  {
    schema: 'payment_intent',
    at: 'payment_intent',
    field: 'payment_record',
    is: TEXT_OR_NULL,
    reason: 'added in 2026-09-30.endive (stripe-node 23.0.0)',
  },
  {
    schema: 'product',
    at: 'product',
    field: 'tax_details',
    is: { type: 'object', nullable: true },
    reason: 'added in 2026-09-30.endive (stripe-node 23.0.0)',
  },
  {
    schema: 'dispute',
    at: 'dispute',
    field: 'intended_submission_method',
    is: TEXT_OR_NULL,
    reason: 'added in 2026-10-28.endive (stripe-node 23.1.0)',
  },
  {
    schema: 'dispute_evidence_details',
    at: 'dispute /evidence_details',
    field: 'submission_method',
    is: TEXT_OR_NULL,
    reason: 'added in 2026-10-28.endive (stripe-node 23.1.0)',
  },
]

export const PARAMETER_DIFFERENCES: ParameterDifference[] = [
  {
    call: 'POST /v1/checkout/sessions',
    parameter: 'allowed_payment_method_types',
    reason: 'added in 2026-09-30.endive (stripe-node 23.0.0)',
  },
]

/** The description with the fields that it lacks. @throws Error when it names one by now, or lacks its schema */
export function withFields(description: Description, differences: FieldDifference[]): Description {
  const patched = structuredClone(description)
  for (const { schema, field, is } of differences) {
    const properties = patched.components.schemas[schema]?.properties
    if (properties === undefined || properties[field] !== undefined) {
      throw new Error(
        `The description ${properties === undefined ? `has no ${schema}` : `names ${schema}.${field} itself`}: take it out of the list of differences.`,
      )
    }
    properties[field] = is
  }
  return patched
}
