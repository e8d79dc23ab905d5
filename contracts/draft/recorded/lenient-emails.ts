import type { DraftObject, DraftSchema } from '../draft.ts'
import { evaluate } from '../evaluate.ts'
import type { Reading } from '../print-schema.ts'

/**
 * A draft of what is asked, as long as it takes what was taken; else one that makes no claim about e-mail. Pydantic refuses addresses under
 * names kept for tests, and those are what redaction leaves.
 */
export function withLenientEmails<Schema extends DraftSchema | DraftObject>(
  schema: Schema,
  values: readonly unknown[],
  reading: Reading,
  pydantic: boolean,
): Schema {
  if (!pydantic) return schema
  const judge = evaluate(schema, { shapes: {}, pydantic, reading })
  return values.every((value) => judge.safeParse(value).success) ? schema : (withoutEmails(schema) as Schema)
}

function withoutEmails(schema: DraftSchema): DraftSchema {
  switch (schema.kind) {
    case 'text': {
      const { format, ...text } = schema
      return format === 'email' ? text : schema
    }
    case 'list':
    case 'map':
      return { ...schema, of: withoutEmails(schema.of) }
    case 'either':
      return { ...schema, options: schema.options.map(withoutEmails) }
    case 'object':
      return {
        ...schema,
        members: Object.fromEntries(Object.entries(schema.members).map(([name, member]) => [name, { ...member, schema: withoutEmails(member.schema) }])),
      }
    default:
      return schema
  }
}
