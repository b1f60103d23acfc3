import { readFile } from 'node:fs/promises'

/** The part of an OpenAPI schema that Stripe's description uses. */
export interface Schema {
  $ref?: string
  type?: string
  enum?: unknown[]
  nullable?: boolean
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: boolean | Schema
  anyOf?: Schema[]
  maxLength?: number
  pattern?: string
  'x-expansionResources'?: { oneOf: Schema[] }
  'x-expandableFields'?: string[]
}

export interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
}

/** Stripe's description of its API, as far as it is used here. */
export interface Description {
  info: { version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

export async function readDescription(specPath: string): Promise<Description> {
  // The file is Stripe's, of a pinned release whose checksum Go has verified.
  return JSON.parse(await readFile(specPath, 'utf8')) as Description
}

/** The description of one call, by its method and path (`/v1/charges/ch_1`), or undefined when Stripe has no such call. */
export function findOperation(
  { paths }: Description,
  method: string,
  path: string,
): { template: string; operation: Operation } | undefined {
  const segments = path.split('/')
  const fits = (template: string) => {
    const parts = template.split('/')
    return (
      parts.length === segments.length &&
      parts.every((part, index) => part.startsWith('{') || part === segments[index])
    )
  }
  // A fixed segment beats a parameter: `/v1/prices/search` is no price.
  const [template] = Object.keys(paths)
    .filter(fits)
    .toSorted((left, right) => left.split('{').length - right.split('{').length)
  const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()]
  return template === undefined || operation === undefined ? undefined : { template, operation }
}
