import { UsageError } from '../kit/usage-error.ts'

type Variables = Readonly<Record<string, string>>

export const envFormats = ['dotenv', 'shell', 'json', 'github', 'docker', 'compose', 'k8s'] as const
export type EnvFormat = (typeof envFormats)[number]

/**
 * Variables as their reader wants them: each format quotes in its own way, and every value survives.
 *
 * @throws UsageError where the format cannot carry a value.
 */
export function envText(variables: Variables, format: EnvFormat): string {
  return WRITERS[format](variables)
}

const WRITERS: Readonly<Record<EnvFormat, (variables: Variables) => string>> = {
  dotenv: lines((name, value) => `${name}=${dotenv(value)}`),
  shell: lines((name, value) => `export ${name}=${singleQuoted(value)}`),
  json: (variables) => JSON.stringify(variables, undefined, 2),
  github: lines(github),
  docker: lines(docker),
  // Compose puts variables in where it sees a dollar; two stand for one.
  compose: (variables) => `environment:\n${lines((name, value) => `  ${name}: ${JSON.stringify(value.replaceAll('$', '$$$$'))}`)(variables)}`,
  // So does Kubernetes, with $(NAME).
  k8s: (variables) => `env:\n${lines((name, value) => `  - name: ${name}\n    value: ${JSON.stringify(value.replaceAll('$', '$$$$'))}`)(variables)}`,
}

function lines(line: (name: string, value: string) => string): (variables: Variables) => string {
  return (variables) =>
    Object.entries(variables)
      .map(([name, value]) => line(name, value))
      .join('\n')
}

/**
 * Bare where nothing is special; in single quotes where the value has none, which a shell and every reader of .env files take alike.
 * In double quotes otherwise, with the escapes of a shell: readers of .env files differ there.
 */
function dotenv(value: string): string {
  if (/^[\w./:@%+,-]+$/.test(value)) return value
  return value.includes("'") ? `"${value.replace(/["\\$`]/g, '\\$&')}"` : `'${value}'`
}

function singleQuoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`
}

/** What `docker run --env-file` reads, and GitLab as a dotenv report: whatever follows the equals sign is the value, quotes too. */
function docker(name: string, value: string): string {
  if (/[\r\n]/.test(value)) throw new UsageError(`${name} has several lines, which --format docker cannot carry: take another format`)
  return `${name}=${value}`
}

/** A workflow's environment file: a value of several lines stands between two marks that it does not contain. */
function github(name: string, value: string): string {
  if (!/[\r\n]/.test(value)) return `${name}=${value}`
  let mark = 'END_OF_VALUE'
  while (value.includes(mark)) mark += '_'
  return `${name}<<${mark}\n${value}\n${mark}`
}
