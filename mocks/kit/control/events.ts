import type { ServerResponse } from 'node:http'
import { control, type LaneReset } from '../../../contracts/control.ts'
import type { Lane } from '../lane.ts'

/** A heartbeat in real milliseconds: proxies between here and the reader live in real time. */
const HEARTBEAT = 15_000

/** What may wait for a reader in bytes, before it has to fetch the rest from the journal by itself. */
const BUFFER = 1024 * 1024

/** How long a reader that was sent away may take to hear it, in milliseconds. */
const FAREWELL = 5000

export interface EventOptions {
  /** Only this service's. */
  service: string | undefined
  /** Where an earlier reading stopped, as its last event's id told. */
  lastId: string | undefined
  closed(): void
}

interface Place {
  lane: Lane
  generation: number
  seq: number
}

/**
 * Exchanges and resets of some lanes as server-sent events. The journal is the buffer: a reader is only a place in each lane,
 * and who falls so far behind that its place has left the journal is sent away, so that nobody costs memory.
 */
export class EventReader {
  readonly #response: ServerResponse
  readonly #options: EventOptions
  readonly #places: readonly Place[]
  readonly #release: (() => void)[]
  #ended = false

  constructor(lanes: readonly Lane[], response: ServerResponse, options: EventOptions) {
    this.#response = response
    this.#options = options
    const known = placesIn(options.lastId)
    this.#places = lanes.map((lane) => ({ lane, generation: lane.generation, seq: lane.journal.total, ...known.get(lane.index) }))
    response.writeHead(200, {
      server: control.errors.server,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    response.write(': mock-suite\n\n')
    for (const place of this.#places) this.#resume(place)
    const heartbeat = setInterval(() => this.#full || this.#ended || response.write(':\n\n'), HEARTBEAT).unref()
    this.#release = [
      () => clearInterval(heartbeat),
      ...this.#places.flatMap((place) => [
        place.lane.journal.watch(() => this.#advance(place)),
        place.lane.onReset((reset) => {
          this.#advance(place)
          this.#enter(place, reset)
        }),
      ]),
    ]
    response.on('drain', () => this.#pump())
    response.on('error', () => {})
    response.on('close', () => this.#close())
    this.#pump()
  }

  /** Says why, and ends. */
  end(reason: string): void {
    if (this.#ended) return
    this.#send('end', { reason })
    this.#ended = true
    this.#close()
    const cut = setTimeout(() => this.#response.destroy(), FAREWELL).unref()
    this.#response.end(() => clearTimeout(cut))
  }

  #close(): void {
    this.#ended = true
    for (const release of this.#release.splice(0)) release()
    this.#options.closed()
  }

  get #full(): boolean {
    return this.#response.writableLength > BUFFER
  }

  /** What happened while nobody read: perhaps a reset, perhaps more than the journal still has. */
  #resume(place: Place): void {
    const { generation, journal, lastReset } = place.lane
    if (place.generation !== generation) this.#enter(place, lastReset)
    place.seq = Math.min(place.seq, journal.total)
    const missed = journal.dropped - place.seq
    if (missed <= 0) return
    place.seq = journal.dropped
    this.#send('gap', { lane: place.lane.index, missed })
  }

  #pump(): void {
    for (const place of this.#places) this.#advance(place)
  }

  /** Tells what the journal has after this place, as far as the reader keeps up. */
  #advance(place: Place): void {
    const { journal } = place.lane
    while (!this.#ended && place.seq < journal.total) {
      if (place.seq < journal.dropped) return this.end('lagged')
      if (this.#full) return
      place.seq += 1
      const entry = journal.entry(place.seq)
      if (entry !== undefined && (this.#options.service ?? entry.service) === entry.service) this.#send('exchange', entry)
    }
  }

  /** Into the next generation; a reader that has not heard all of the one before never will. */
  #enter(place: Place, reset: LaneReset): void {
    if (this.#ended) return
    if (this.#full) return this.end('lagged')
    place.generation = reset.generation
    place.seq = 0
    this.#send('reset', reset)
  }

  #send(event: string, data: unknown): void {
    if (this.#ended) return
    const id = this.#places.map(({ lane, generation, seq }) => `${lane.index}:${generation}:${seq}`).join(',')
    this.#response.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`)
  }
}

/** An id names a place in every lane that is read: `lane:generation:seq`, with commas between. */
function placesIn(id = ''): Map<number, Omit<Place, 'lane'>> {
  const places = [...id.matchAll(/(?:^|,)(\d{1,9}):(\d{1,9}):(\d{1,15})(?=,|$)/g)]
  return new Map(places.map(([, lane, generation, seq]) => [Number(lane), { generation: Number(generation), seq: Number(seq) }]))
}
