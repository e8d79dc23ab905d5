import * as z from 'zod'

/** A zod schema as OpenAPI 3.1 (JSON Schema 2020-12) writes it: what may be sent (`input`) or what will come (`output`). */
export function describeSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === 'bigint') Object.assign(jsonSchema, { type: 'integer', format: 'int64' })
      if ('readBy' in jsonSchema) {
        Object.assign(jsonSchema, { 'x-read-by': jsonSchema.readBy })
        delete jsonSchema.readBy
      }
      // A client must live with members that it does not know: what a reply may hold besides is left open.
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return json
}
