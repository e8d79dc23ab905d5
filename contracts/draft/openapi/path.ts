export interface DraftPath {
  path: `/${string}`
  /** What a parameter of the document is called here: `user-id` is `user_id`, `{path:path}` is `*`. */
  names: ReadonlyMap<string, string>
}

/** A path template as our contracts write it; nothing where they cannot. */
export function pathOf(template: string): DraftPath | undefined {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const path = template.replaceAll(/\{([^{}]*)\}/g, (_, inside: string, at: number, whole: string) => {
    const [, name = '', converter] = /^([^:]*)(?::(.*))?$/s.exec(inside) ?? []
    const last = at + inside.length + 2 === whole.length
    const given = converter === 'path' && last ? '*' : free(name.replaceAll(/\W+/g, '_') || 'param', taken)
    names.set(name, given)
    return given === '*' ? '*' : `:${given}`
  })
  return isRoutable(path) ? { path: path as `/${string}`, names } : undefined
}

function free(wanted: string, taken: Set<string>): string {
  let name = wanted
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`
  taken.add(name)
  return name
}

/** Parameters end with a slash, a dot or a hyphen, or with the path; nothing else in it means anything to a router. */
function isRoutable(path: string): boolean {
  return /^\/(?:[\w!$&'+,;=@~./-]|:\w+(?=[/.-]|$)|(?<=\/)\*$)*$/.test(path)
}
