/** An expression of TypeScript, yet to be broken into lines. A text is a name that stands as it is. */
export type Code = string | LeafCode | ObjectCode | ListCode | CallCode | ArrowCode

/** A literal, as it is written and as it is. */
export interface LeafCode {
  kind: 'leaf'
  text: string
  value: unknown
}

export interface ObjectCode {
  kind: 'object'
  members: readonly { name: string; value: Code; comment?: string | undefined }[]
}

export interface ListCode {
  kind: 'list'
  items: readonly Code[]
}

/** `z.string().min(1)`: the callee `z.string`, its arguments, and what is called upon that. */
export interface CallCode {
  kind: 'call'
  callee: string
  args: readonly Code[]
  chain: readonly { name: string; args: readonly Code[] }[]
}

export interface ArrowCode {
  kind: 'arrow'
  params: string
  body: Code
}

export const call = (callee: string, ...args: Code[]): CallCode => ({ kind: 'call', callee, args, chain: [] })
export const upon = (code: CallCode, name: string, ...args: Code[]): CallCode => ({ ...code, chain: [...code.chain, { name, args }] })
export const arrow = (body: Code, params = '()'): ArrowCode => ({ kind: 'arrow', params, body })
export const list = (items: readonly Code[]): ListCode => ({ kind: 'list', items })
export const object = (members: ObjectCode['members']): ObjectCode => ({ kind: 'object', members })

/** The names of the module that an expression asks for: `z`, `py`, `once`. */
export function namesIn(code: Code): string[] {
  if (typeof code === 'string') return [code]
  switch (code.kind) {
    case 'leaf':
      return []
    case 'object':
      return code.members.flatMap(({ value }) => namesIn(value))
    case 'list':
      return code.items.flatMap(namesIn)
    case 'arrow':
      return namesIn(code.body)
    case 'call':
      return [code.callee.replace(/\..*$/, ''), ...[...code.args, ...code.chain.flatMap(({ args }) => args)].flatMap(namesIn)]
  }
}
