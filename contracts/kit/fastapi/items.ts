import type { Fault } from '../problem.ts'
import type { Dialect } from './dialect.ts'
import { type Finding, findings, type Loc } from './findings.ts'
import { sentence, verdict } from './verdict.ts'

/** One member of `detail`, as pydantic lays it out. */
export interface Item {
  type: string
  loc: Loc
  msg: string
  input: unknown
  ctx?: Readonly<Record<string, unknown>>
  url?: string
}

/** Everything one part of a request got wrong, in pydantic's words and order. */
export function items(fault: Fault, dialect: Dialect): Item[] {
  if (fault.place === 'body' && absent(fault.input)) return [item({ loc: ['body'], said: verdict('missing'), input: null }, dialect)]
  return firstOfEach(findings(fault, dialect)).map((finding) => item(finding, dialect))
}

/** FastAPI makes no difference between no body and `null`. */
const absent = (value: unknown): boolean => value === undefined || value === null

/** Pydantic stops at the first complaint about a value, where zod goes on to the next check. */
function firstOfEach(all: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return all.filter(({ loc }) => {
    const place = JSON.stringify(loc)
    return !seen.has(place) && seen.add(place)
  })
}

function item({ loc, said, input }: Finding, dialect: Dialect): Item {
  const made: Item = { type: said.type, loc, msg: sentence(said), input }
  if (said.ctx !== undefined) made.ctx = said.ctx
  if (dialect === '2.5' && said.custom !== true) made.url = `https://errors.pydantic.dev/${dialect}/v/${said.type}`
  return made
}
