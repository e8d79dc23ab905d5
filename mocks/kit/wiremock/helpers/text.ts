import { javaRegex } from '../java-regex.ts'
import type { Ask, Helper } from '../render.ts'
import { plain, print, Told } from '../value.ts'

/** What a helper changes: its argument, or what stands in its block. */
const given = (args: readonly unknown[], { body }: Ask): string => (args.length === 0 && body !== undefined ? body() : print(args[0]))

const changed =
  (change: (text: string) => string): Helper =>
  (args, ask) =>
    change(given(args, ask))

export const textHelpers: Readonly<Record<string, Helper>> = {
  trim: changed((text) => text.trim()),
  upper: changed((text) => text.toUpperCase()),
  lower: changed((text) => text.toLowerCase()),
  capitalize: changed((text) => text.replaceAll(/(^|\s)\S/g, (all) => all.toUpperCase())),
  capitalizeFirst: changed((text) => text.replace(/^\S/, (first) => first.toUpperCase())),
  base64: (args, ask) => (ask.hash.decode === true ? Buffer.from(given(args, ask), 'base64').toString('utf8') : base64(given(args, ask), ask.hash.padding)),
  urlEncode: (args, ask) => (ask.hash.decode === true ? (new URLSearchParams(`x=${given(args, ask)}`).get('x') ?? '') : encoded(given(args, ask))),
  replace: ([text, what, by]) => print(text).replaceAll(print(what), () => print(by)),
  cut: ([text, what = ' ']) => print(text).replaceAll(print(what), ''),
  substring: ([text, from, to]) => print(text).substring(Number(from), to === undefined ? undefined : Number(to)),
  abbreviate: ([text, length]) => (print(text).length > Number(length) ? `${print(text).slice(0, Math.max(0, Number(length) - 3))}...` : print(text)),
  join: (args) => joined(args),
  contains: ([text, part], { body, otherwise }) => {
    const inner = plain(text)
    const items = inner instanceof Told ? inner.items : inner
    const yes = Array.isArray(items) ? items.some((one) => print(one) === print(part)) : print(text).includes(print(part))
    return body === undefined ? yes : yes ? body() : otherwise()
  },
  matches: ([text, pattern], { body, otherwise }) => {
    const yes = safely(() => javaRegex(print(pattern)).test(print(text)), false)
    return body === undefined ? yes : yes ? body() : otherwise()
  },
  regexExtract: ([text, pattern, name], { assign, hash }) => {
    const found = safely(() => new RegExp(print(pattern)).exec(print(text)), null)
    if (found === null) return hash.default ?? '[ERROR: Nothing matched the pattern]'
    if (name === undefined) return found[0]
    assign(print(name), found.slice(1))
    return ''
  },
  math: ([left, operator, right]) => calculated(Number(print(left)), print(operator), Number(print(right))),
  hostname: () => 'localhost',
}

function base64(text: string, padding: unknown): string {
  const whole = Buffer.from(text, 'utf8').toString('base64')
  return padding === false ? whole.replace(/=+$/, '') : whole
}

/** As Java's `URLEncoder` does. */
const encoded = (text: string): string => new URLSearchParams({ x: text }).toString().slice(2)

/** The last argument stands between the others. */
function joined(args: readonly unknown[]): string {
  const between = print(args.at(-1))
  const items = args.slice(0, -1).flatMap((one) => {
    const inner = plain(one)
    return inner instanceof Told && inner.items.length > 0 ? inner.items : Array.isArray(inner) ? inner : [inner]
  })
  return items.map(print).join(between)
}

function calculated(left: number, operator: string, right: number): number | string {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
    case 'x':
      return left * right
    case '/':
      // Two whole numbers give a whole one, as with Java's BigDecimal.
      if (right === 0) return '[ERROR: division by zero]'
      return Number.isInteger(left) && Number.isInteger(right) ? Math.sign(left / right) * Math.round(Math.abs(left / right)) : left / right
    case '%':
      return left % right
    default:
      return `[ERROR: ${operator} is not a valid mathematical operator]`
  }
}

function safely<T>(attempt: () => T, fallback: T): T {
  try {
    return attempt()
  } catch {
    return fallback
  }
}
