/** Sets variables of this process, or takes them away where they are undefined; returns how to have them as they were. */
export function changeEnvironment(change: NodeJS.ProcessEnv): () => void {
  const before = Object.keys(change).map((name) => [name, process.env[name]] as const)
  for (const [name, value] of Object.entries(change)) set(name, value)
  return () => {
    for (const [name, value] of before) set(name, value)
  }
}

function set(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}
