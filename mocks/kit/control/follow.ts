import type { ServerResponse } from 'node:http'
import type { Match } from '../../../contracts/kit/match.ts'
import type { WireReply, WireRequest } from '../../../contracts/kit/message.ts'
import { problem } from '../../../contracts/kit/problem-json.ts'
import { failed, read, refuse, refused } from './answer.ts'
import { EventReader } from './events.ts'
import type { ControlCall, Operations, Subject } from './subject.ts'

/** How many may follow at once. */
const READERS = 64

/** Lets a reader follow what happens; a reply is why it may not. */
export function follow({ suite, readers, ready, complain }: Subject, match: Match, request: WireRequest, response: ServerResponse): WireReply | undefined {
  const input = read(match, request)
  if ('kind' in input) return refuse(input)
  if (!ready()) return refused(problem(503, 'stopping', 'The suite is stopping: nothing will happen any more.'))
  if (readers.size >= READERS) return refused(problem(503, 'too-many-readers', `${READERS} readers follow already. Close one.`))
  try {
    const { query, headers } = input as ControlCall<Operations['followEvents']>
    const lanes = query.lane === undefined ? suite.lanes : [suite.lane(query.lane)]
    if (query.service !== undefined) suite.lane(0).service(query.service)
    const reader = new EventReader(lanes, response, { service: query.service, lastId: headers['last-event-id'], closed: () => readers.delete(reader) })
    readers.add(reader)
    return undefined
  } catch (error) {
    return failed(error, `control.${match.name}`, complain)
  }
}
