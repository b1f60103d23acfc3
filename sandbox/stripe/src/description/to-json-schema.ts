import type { Schema } from './read-description.ts'

export type JsonSchema = Record<string, unknown>

/** OpenAPI 3.0 in terms of JSON Schema, and closed: an object has the fields that are named, or those of a map. */
export function toJsonSchema(schema: Schema): JsonSchema {
  const { nullable = false, 'x-expansionResources': expansion } = schema
  if (schema.$ref !== undefined) return { $ref: schema.$ref.replace(/^#/, 'stripe#') }
  if (schema.anyOf !== undefined) {
    const choices = schema.anyOf.map((choice) =>
      // An expanded object is checked by its own description; here it only has to be of a type that may stand here.
      expansion !== undefined && choice.$ref !== undefined ? toObjectStub(choice.$ref) : toJsonSchema(choice),
    )
    return { anyOf: nullable ? [...choices, { type: 'null' }] : choices }
  }
  const { type, properties, required, items, additionalProperties, maxLength, pattern } = schema
  return {
    ...(type === undefined ? {} : { type: nullable ? [type, 'null'] : type }),
    ...(schema.enum === undefined ? {} : { enum: nullable ? [...schema.enum, null] : schema.enum }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(required === undefined ? {} : { required }),
    ...(items === undefined ? {} : { items: toJsonSchema(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, property]) => [name, toJsonSchema(property)]),
          ),
        }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: toJsonSchema(additionalProperties) }
      : properties !== undefined && additionalProperties !== true
        ? { additionalProperties: false }
        : {}),
  }
}

function toObjectStub(ref: string): JsonSchema {
  const name = ref.split('/').at(-1) ?? ''
  return {
    type: 'object',
    properties: { object: { const: name.replace(/^deleted_/, '') } },
    required: ['id', 'object'],
  }
}
