import { agreedOn } from '../kit/conform.ts'
import type { Contract, Operation } from '../kit/contract.ts'
import type { RecordedExchange } from '../kit/recording/exchange.ts'
import type { Break } from './breaks/break.ts'
import type { FakeAnswer } from './breaks/fake-answer.ts'
import { isShown } from './breaks/is-shown.ts'
import { ofOneCause } from './breaks/one-cause.ts'
import { realReplyOf } from './breaks/real-reply.ts'
import { type RealReply, replyBreaks } from './breaks/reply-breaks.ts'
import { requestBreaks } from './breaks/request-breaks.ts'
import { Habits } from './evidence/habits.ts'
import { type Session, Sightings } from './evidence/sightings.ts'
import { signatureOf } from './evidence/signature.ts'
import { visitsOf } from './evidence/visits.ts'
import type { Example } from './finding.ts'
import { lookUp, starred } from './pointer.ts'
import { Shape } from './shape.ts'
import { shownValue } from './words.ts'

/** One break, however often it was seen. */
export interface BreakEvidence {
  found: Break
  status: number
  fakeSays: string | null
  sightings: Sightings
  /** Kinds of request in which it was seen. */
  signatures: Set<string>
}

/** What the replies of one status have shown. */
export interface ReplyEvidence {
  /** By place: when it was there to be judged. */
  visits: Map<string, Sightings>
  fake: Shape
  /** What the real replies are like. */
  habits: Habits
  sightings: Sightings
}

/** One exchange and where it stands. */
export interface Recorded {
  exchange: RecordedExchange
  session: Session
  recording: string
  /** Counted from 0. */
  entry: number
}

/** So many members that nobody agreed on are names; more are keys of a map. */
const NAMES = 50
/** Kinds of request, or of break, past these bounds are counted as one. */
const KINDS = 1000

/** All that recordings have shown of one operation, as counts: what it takes does not grow with how many there are. */
export class Evidence {
  exchanges = 0
  /** When it last answered as it promises: what refuses a stranger, or is out of order, proves nothing. */
  provenAt: number | undefined
  readonly statuses: Record<number, number> = {}
  readonly replies = new Map<number, ReplyEvidence>()
  readonly breaks = new Map<string, BreakEvidence>()
  /** Ways in which our own fake broke the contract. */
  readonly fakeBreaks = new Map<string, BreakEvidence>()
  /** Where both kept it and answered with different statuses: `201 409`. */
  readonly otherStatuses = new Map<string, BreakEvidence>()
  /** By kind of request, then by the status that answered it. */
  readonly bySignature = new Map<string, Map<number, Sightings>>()
  readonly sightings = new Sightings()
  /** Places of replies from which something was removed: what stands there now is ours. */
  readonly redacted = new Set<string>()
  readonly #added = new Map<string, Set<string>>()
  readonly #promised: ReadonlySet<number>
  readonly contract: Contract
  readonly name: string
  readonly operation: Operation

  constructor(contract: Contract, name: string, operation: Operation) {
    this.contract = contract
    this.name = name
    this.operation = operation
    this.#promised = promisedBy(operation)
  }

  /** Learns from one exchange with a whole reply. */
  learn(recorded: Recorded & { exchange: { reply: NonNullable<RecordedExchange['reply']> } }, fake?: FakeAnswer): void {
    const { exchange, session } = recorded
    const real = realReplyOf(this.contract, this.operation, exchange.reply)
    const signature = this.#signature(exchange)
    const example = exampleOf(recorded, '')
    this.exchanges += 1
    if (this.#promised.has(real.status)) this.provenAt = Math.max(this.provenAt ?? exchange.at, exchange.at)
    this.statuses[real.status] = (this.statuses[real.status] ?? 0) + 1
    this.sightings.add(session, exchange.at, example)
    const kind = at(this.bySignature, signature, () => new Map<number, Sightings>())
    at(kind, real.status, () => new Sightings()).add(session, exchange.at, example)
    this.#visit(real, recorded)
    for (const place of exchange.redactions ?? []) if (place.startsWith('reply body ') && this.redacted.size < KINDS) this.redacted.add(place.slice(11))

    const shown = (found: Break) => isShown(found, exchange.redactions ?? [])
    const inRequest = fake === undefined ? [] : requestBreaks(this.operation, real, fake).filter(shown)
    const breaks = ofOneCause(replyBreaks(this.contract, this.operation, real).filter(shown), inRequest)
    for (const found of distinct(breaks.map((one) => this.#named(one)))) this.#note(this.breaks, found, recorded, real, signature, fake)
    if (fake !== undefined) this.#compare(fake, breaks, recorded, real, signature)
  }

  #visit(real: RealReply, recorded: Recorded): void {
    const evidence = at(this.replies, real.status, () => ({ visits: new Map(), fake: new Shape(), habits: new Habits(), sightings: new Sightings() }))
    const example = exampleOf(recorded, '')
    evidence.sightings.add(recorded.session, recorded.exchange.at, example)
    if (real.cut) return
    for (const place of visitsOf(agreedOn(this.contract, this.operation, real.status)?.body, real.body)) {
      at(evidence.visits, place, () => new Sightings()).add(recorded.session, recorded.exchange.at, example)
    }
    if (typeof real.body !== 'object' || real.body === null) return
    evidence.habits.learn(recorded.session, recorded.exchange.at, recorded.entry, real.body)
  }

  /** Real against fake, where both have kept the contract so far. */
  #compare(fake: FakeAnswer, breaks: readonly Break[], recorded: Recorded, real: RealReply, signature: string): void {
    for (const { part, pointer, message } of fake.violations) {
      const change = part === 'status' || part === 'content-type' ? part : 'format'
      const found = { ...OURS, part, change, pointer: starred(pointer), at: pointer, contractSays: message } as const
      this.#note(this.fakeBreaks, found, recorded, { ...real, status: fake.status }, signature, fake)
    }
    if (fake.status === real.status) {
      if (typeof fake.body === 'object' && fake.body !== null) this.replies.get(real.status)?.fake.learn(fake.body)
      return
    }
    // A status or a request that breaks the contract has been told already.
    const told = breaks.some(({ direction, part }) => direction === 'request' || part === 'status')
    if (told || fake.incomparable !== undefined || fake.violations.length > 0) return
    const found = { ...OURS, part: 'status', change: 'status', pointer: '', at: '', contractSays: EITHER, realSays: String(real.status) } as const
    this.#note(this.otherStatuses, found, recorded, real, signature, fake)
  }

  #note(into: Map<string, BreakEvidence>, found: Break, recorded: Recorded, real: RealReply, signature: string, fake: FakeAnswer | undefined): void {
    const { direction, part, pointer, change } = found
    const statuses = [direction === 'request' ? '' : real.status, into === this.otherStatuses ? fake?.status : '', part === 'status' ? found.realSays : '']
    const key = [direction, ...statuses, part, pointer, change].join(' ')
    if (!into.has(key) && into.size >= KINDS) return
    const evidence = at(into, key, () => {
      return { found, status: real.status, fakeSays: fakeSaysOf(found, real, fake), sightings: new Sightings(), signatures: new Set<string>() }
    })
    evidence.signatures.add(signature)
    evidence.sightings.add(recorded.session, recorded.exchange.at, exampleOf(recorded, found.at))
  }

  /** Members that come besides have names as long as they are few. */
  #named(found: Break): Break {
    if (found.change !== 'added') return found
    const names = at(this.#added, found.within, () => new Set())
    if (names.size < NAMES) names.add(found.pointer)
    return names.has(found.pointer) ? found : { ...found, pointer: `${found.within}/*` }
  }

  #signature(exchange: RecordedExchange): string {
    const signature = signatureOf(exchange)
    return this.bySignature.size < KINDS || this.bySignature.has(signature) ? signature : 'any other'
  }
}

/** Statuses that an operation itself promises; where one of them is good news, the good ones. */
function promisedBy(operation: Operation): ReadonlySet<number> {
  const declared = Object.keys(operation.details().responses).map(Number)
  const good = declared.filter((status) => status < 400)
  return new Set(good.length > 0 ? good : declared)
}

/** Both statuses are agreed on. */
export const EITHER = 'either'
const OURS = { direction: 'reply', within: '', realSays: '', readBy: [], read: true } as const

function fakeSaysOf({ direction, part, at }: Break, real: RealReply, fake: FakeAnswer | undefined): string | null {
  if (fake === undefined) return null
  if (direction === 'request' || part === 'status' || fake.status !== real.status) return String(fake.status)
  return part === 'body' ? shownValue(lookUp(fake.body, at)) : null
}

const exampleOf = ({ recording, entry }: Recorded, pointer: string): Example => ({ recording, entry, pointer })

/** One exchange shows each break once, in however many elements of a list it is. */
function distinct(breaks: readonly Break[]): Break[] {
  const known = new Set<string>()
  return breaks.filter(({ direction, part, pointer, change, realSays }) => {
    const key = [direction, part, pointer, change, part === 'status' ? realSays : ''].join(' ')
    return !known.has(key) && known.add(key)
  })
}

function at<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}
