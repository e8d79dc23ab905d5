import type { Asked } from './asked.ts'
import { helpers } from './helpers/index.ts'
import { remembered } from './remembered.ts'
import { requestModel } from './request-model.ts'
import { type Argument, type Expression, type Part, parseTemplate } from './template.ts'
import { isFalsy, memberOf, print } from './value.ts'

export interface RenderOptions {
  /** The path template of the mapping, which gives `request.path.contactId` its name. */
  urlPathTemplate?: string
  /** What the mapping hands to its template as `parameters`. */
  parameters?: Readonly<Record<string, unknown>>
}

/** Writes a Handlebars template out as WireMock's `response-template` does, for one request. Time and chance are the suite's. */
export function render(template: string, request: Asked, options: RenderOptions = {}): string {
  if (!template.includes('{{')) return template
  return new Rendering(request).all(partsOf(template), {
    this: new Map<string, unknown>([
      ['request', requestModel(request, options.urlPathTemplate)],
      ['parameters', options.parameters],
    ]),
  })
}

/** Every text in a JSON value written out. */
export function rendered<T>(value: T, request: Asked, options: RenderOptions = {}): T {
  return mapped(value, (text) => render(text, request, options)) as T
}

function mapped(value: unknown, each: (text: string) => string): unknown {
  if (typeof value === 'string') return each(value)
  if (Array.isArray(value)) return value.map((one) => mapped(one, each))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [each(name), mapped(one, each)]))
}

const partsOf: (template: string) => readonly Part[] = remembered(parseTemplate)

/** What names mean at one place of a template; what is not found here is looked for further out. */
interface Scope {
  this: unknown
  /** Block parameters, and `@index` and its like. */
  names?: ReadonlyMap<string, unknown>
  outer?: Scope
}

/** What a helper may ask for besides its arguments. */
export interface Ask {
  request: Asked
  hash: Readonly<Record<string, unknown>>
  /** What `{{#helper}}` has between its tags; none for a helper without a block. */
  body?: (inner?: { this: unknown; names?: readonly unknown[]; data?: Readonly<Record<string, unknown>> }) => string
  otherwise: () => string
  /** The value at hand. */
  here: unknown
  /** Gives a name to a value, for all that follows. */
  assign(name: string, value: unknown): void
}

export type Helper = (args: readonly unknown[], ask: Ask) => unknown

class Rendering {
  readonly #request: Asked
  readonly #assigned = new Map<string, unknown>()

  constructor(request: Asked) {
    this.#request = request
  }

  all(parts: readonly Part[], scope: Scope): string {
    return parts.map((part) => (typeof part === 'string' ? part : 'value' in part ? print(this.#value(part.value, scope)) : this.#block(part, scope))).join('')
  }

  #value(expression: Expression, scope: Scope): unknown {
    const helper = helperOf(expression)
    if (helper !== undefined) return this.#call(helper, expression, scope)
    if (expression.args.length > 0 || Object.keys(expression.hash).length > 0) return `[ERROR: could not find helper: '${nameOf(expression)}']`
    return this.#argument(expression.head, scope)
  }

  #block({ block, names, body, otherwise }: Exclude<Part, string | { value: Expression }>, scope: Scope): string {
    const helper = helperOf(block)
    const inside = (inner: Parameters<NonNullable<Ask['body']>>[0] = { this: scope.this }) => {
      const named = [
        ...names.map((name, at): [string, unknown] => [name, inner.names?.[at]]),
        ...Object.entries(inner.data ?? {}).map(([name, value]): [string, unknown] => [`@${name}`, value]),
      ]
      return this.all(body, { this: inner.this, names: new Map(named), outer: scope })
    }
    const outside = () => this.all(otherwise, scope)
    if (helper !== undefined) return print(this.#call(helper, block, scope, inside, outside))
    const value = this.#argument(block.head, scope)
    return isFalsy(value) ? outside() : inside({ this: value })
  }

  #call(helper: Helper, { args, hash }: Expression, scope: Scope, body?: Ask['body'], otherwise: () => string = () => ''): unknown {
    const ask: Ask = {
      request: this.#request,
      hash: Object.fromEntries(Object.entries(hash).map(([name, one]) => [name, this.#argument(one, scope)])),
      otherwise,
      here: scope.this,
      assign: (name, value) => this.#assigned.set(name, value),
      ...(body === undefined ? {} : { body }),
    }
    return helper(
      args.map((one) => this.#argument(one, scope)),
      ask,
    )
  }

  #argument(argument: Argument, scope: Scope): unknown {
    if ('literal' in argument) return argument.literal
    if ('expression' in argument) return this.#value(argument.expression, scope)
    let from: Scope | undefined = scope
    for (let up = 0; up < argument.up; up += 1) from = from?.outer
    const [first, ...rest] = argument.path
    if (first === undefined) return from?.this
    return rest.reduce(memberOf, this.#named(first, from))
  }

  #named(name: string, scope: Scope | undefined): unknown {
    for (let at = scope; at !== undefined; at = at.outer) {
      const found = at.names?.get(name) ?? memberOf(at.this, name)
      if (found !== undefined) return found
    }
    return this.#assigned.get(name)
  }
}

function helperOf({ head }: Expression): Helper | undefined {
  const bare = 'path' in head && head.up === 0 && head.path.length === 1 ? head.path[0] : undefined
  return bare !== undefined && Object.hasOwn(helpers, bare) ? helpers[bare] : undefined
}

const nameOf = ({ head }: Expression): string => ('path' in head ? head.path.join('.') : '')
