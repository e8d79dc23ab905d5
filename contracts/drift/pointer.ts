/** A JSON pointer with `*` for every element of a list, where only numbers tell that there is one. */
export const starred = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, '/*')

/** What a JSON pointer leads to; nothing where it leads nowhere. */
export function lookUp(value: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>((here, step) => {
    return typeof here === 'object' && here !== null && Object.hasOwn(here, step) ? (here as Record<string, unknown>)[step] : undefined
  }, value)
}

/** `/results/0/a~1b` gives `results`, `0`, `a/b`. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
