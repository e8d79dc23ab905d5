/** The variables of a path under a template such as `/contacts/{id}`, as sent; nothing if it is not of that form. */
export function pathVariables(template: string, path: string): Record<string, string> | undefined {
  const names: string[] = []
  const source = template.replaceAll(/\{([^}]+)\}|[\\^$.*+?()[\]|]/g, (all, name: string | undefined) => {
    if (name === undefined) return `\\${all}`
    names.push(name.replace(/^[+#./;?&]|[*]$/g, ''))
    return '([^/]+)'
  })
  const found = new RegExp(`^${source}$`).exec(path)
  return found === null ? undefined : Object.fromEntries(names.map((name, at) => [name, found[at + 1] as string]))
}
