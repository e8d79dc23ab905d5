import { helpers } from './helpers/index.ts'
import { type Argument, type Expression, type Part, parseTemplate } from './template.ts'

/** What a template asks for that is not there: helpers by name, or why it cannot be read. */
export function templateFaults(template: string): string[] {
  if (!template.includes('{{')) return []
  try {
    return inParts(parseTemplate(template))
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function inParts(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string') return []
    if ('value' in part) return inExpression(part.value)
    return [...inExpression(part.block), ...inParts(part.body), ...inParts(part.otherwise)]
  })
}

function inExpression({ head, args, hash }: Expression): string[] {
  const inner = [...args, ...Object.values(hash)].flatMap(inArgument)
  const name = 'path' in head ? head.path.join('.') : ''
  const called = args.length > 0 || Object.keys(hash).length > 0
  return called && !Object.hasOwn(helpers, name) ? [`the template helper ${name} is not carried, and renders as an error.`, ...inner] : inner
}

const inArgument = (argument: Argument): string[] => ('expression' in argument ? inExpression(argument.expression) : [])
