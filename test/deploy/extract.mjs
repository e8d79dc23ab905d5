// Writes what is checked by the tools of others, each piece as a file of its own: the scripts of the action, and the snippets of the documentation.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const out = process.argv[2]
for (const kind of ['scripts', 'workflows', 'gitlab', 'compose', 'kubernetes']) mkdirSync(join(out, kind), { recursive: true })

for (const [at, { run }] of parse(readFileSync('action.yml', 'utf8')).runs.steps.entries()) {
  writeFileSync(join(out, 'scripts', `step-${at + 1}.sh`), `#!/bin/bash\n${run}`)
}

for (const page of readdirSync('docs').filter((file) => file.endsWith('.md'))) {
  const text = readFileSync(join('docs', page), 'utf8')
  for (const { index, 1: code } of text.matchAll(/^```yaml[^\n]*\n(.*?)^```/gms)) {
    const name = `${page.replace('.md', '')}-${text.slice(0, index).split('\n').length + 1}.yaml`
    const keys = Object.keys(parse(code) ?? {})
    if (keys.includes('steps')) writeFileSync(join(out, 'workflows', name), workflowOf(code))
    else if (keys.includes('services')) writeFileSync(join(out, 'compose', name), code)
    else if (keys.includes('kind')) writeFileSync(join(out, 'kubernetes', name), code)
    else if (page === 'ci.md') writeFileSync(join(out, 'gitlab', name), code)
  }
}

/** Steps, in the smallest workflow that has them. */
function workflowOf(steps) {
  const job = steps.replace(/^(?=.)/gm, '    ')
  return `name: A snippet\non: push\npermissions: { contents: read }\njobs:\n  integration:\n    runs-on: ubuntu-latest\n${job}`
}
