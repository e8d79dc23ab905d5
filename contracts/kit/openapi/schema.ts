import * as z from 'zod'

/** Writes zod schemas as OpenAPI 3.1 does (JSON Schema 2020-12), and keeps what several of them refer to. */
export interface SchemaWriter {
  /** What may be sent (`input`), or what will come (`output`). */
  describe(schema: z.ZodType, io: 'input' | 'output'): object
  /** For `components.schemas`: the parts of recursive schemas. */
  readonly shared: Record<string, object>
}

export function schemaWriter(): SchemaWriter {
  const shared: Record<string, object> = {}
  const names = new Map<string, string>()
  return {
    shared,
    describe(schema, io) {
      const { $schema: _, $defs = {}, ...json } = jsonSchema(schema, io)
      const renamed = Object.entries($defs).map(([name, definition]) => {
        const text = JSON.stringify(definition)
        if (!names.has(text)) names.set(text, `Shared${names.size + 1}`)
        return { from: `"#/$defs/${name}"`, to: `"#/components/schemas/${names.get(text)}"`, name: names.get(text) as string, text }
      })
      const relocate = (text: string) => JSON.parse(renamed.reduce((moved, { from, to }) => moved.replaceAll(from, to), text))
      for (const { name, text } of renamed) shared[name] = relocate(text)
      return relocate(JSON.stringify(json))
    },
  }
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  return z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === 'bigint') Object.assign(jsonSchema, { type: 'integer', format: 'int64' })
      if ('readBy' in jsonSchema) {
        Object.assign(jsonSchema, { 'x-read-by': jsonSchema.readBy })
        delete jsonSchema.readBy
      }
      if ('secret' in jsonSchema) {
        if (jsonSchema.secret === true) Object.assign(jsonSchema, { 'x-secret': true })
        delete jsonSchema.secret
      }
      // A client must live with members that it does not know: what a reply may hold besides is left open.
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
}
