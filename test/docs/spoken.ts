import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'

/**
 * An example in which what its comments promise is checked, line by line:
 *
 *     console.log(reply.status) // 200        prints just that
 *     duration('61s') // 61000                is just that
 *
 * A comment that is no value is talk. Every line stays where it is, so that an error names the line that people read.
 */
export function holdToItsWord(code: string, file: string, line: number): string {
  return code
    .split('\n')
    .map((text, at) => promised(text, `${file}:${line + at}`) ?? text)
    .join('\n')
}

function promised(text: string, where: string): string | undefined {
  const [, statement = '', comment = ''] = /^\s*(\S.*?);? +\/\/ (.+)$/.exec(text) ?? []
  const printed = /^console\.log\((.*)\)$/.exec(statement)?.[1]
  if (printed !== undefined) return `await __prints(${JSON.stringify(comment)}, ${JSON.stringify(where)}, ${printed})`
  if (!isExpression(statement) || !isValue(comment)) return undefined
  return `__holds((${statement}), (${comment}), ${JSON.stringify(where)})`
}

function isExpression(statement: string): boolean {
  if (/^(?:[\])}]|\/\/|const |let |await using |import |export |return )/.test(statement)) return false
  try {
    transformSync(`async () => (${statement}\n)`, { loader: 'ts', logLevel: 'silent' })
    return true
  } catch {
    return false
  }
}

/** A literal; a word that means nothing by itself is talk. */
function isValue(comment: string): boolean {
  try {
    runInNewContext(`(${comment})`, Object.create(null), { timeout: 100 })
    return true
  } catch {
    return false
  }
}
