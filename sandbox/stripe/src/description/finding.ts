import type { ErrorObject } from 'ajv'

/** One place where an object differs from Stripe's description. */
export interface Finding {
  /** The object's type, or the call whose answer it is: `charge`, `GET /v1/charges`. */
  subject: string
  /** Where in it: `/payment_method_details/card`. */
  at: string
  /** What differs: “has no field “x””, “must be integer”. */
  says: string
}

/** What a validation found, in words, without the complaints that others make clear. */
export function toFindings(subject: string, errors: ErrorObject[]): Finding[] {
  return mostTelling(errors).map((error) => toFinding(subject, error))
}

/** Where one of several types is possible, all of them complain: only the one that came closest tells what is wrong. */
function mostTelling(errors: ErrorObject[]): ErrorObject[] {
  const choices = new Set(errors.filter(isChoice).map(({ instancePath }) => instancePath))
  return errors.filter((error) => {
    if (!choices.has(error.instancePath)) return true
    const { instancePath } = error
    const saysMore = errors.some(
      (other) =>
        other !== error &&
        !isChoice(other) &&
        (other.instancePath.startsWith(`${instancePath}/`) ||
          (other.instancePath === instancePath && other.keyword !== 'type')),
    )
    return !(saysMore && (isChoice(error) || error.keyword === 'type'))
  })
}

function isChoice({ keyword }: ErrorObject): boolean {
  return keyword === 'anyOf'
}

function toFinding(subject: string, error: ErrorObject): Finding {
  const extra: unknown = error.params.additionalProperty
  const allowed: unknown = error.params.allowedValues
  const says =
    typeof extra === 'string'
      ? `has a field “${extra}” that Stripe’s description does not name`
      : Array.isArray(allowed)
        ? `must be one of ${allowed.join(', ')}`
        : (error.message ?? error.keyword)
  return { subject, at: error.instancePath.replace(/\/\d+(?=\/|$)/g, '/*'), says }
}
