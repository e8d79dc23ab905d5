import { abandon } from '../../contracts/kit/message.ts'
import type { Outcome } from '../../scenarios/kit/outcome.ts'
import type { Life } from './life.ts'

/** What still comes behind an answer is not wanted where the answer is not given. */
export function letGo({ answer }: Pick<Life, 'answer'>, outcome: Outcome): void {
  if (answer === undefined || (answer.reply.rest === undefined && answer.reply.tunnel === undefined)) return
  const given = outcome.kind === 'reply' && outcome.reply.rest === answer.reply.rest && outcome.reply.tunnel === answer.reply.tunnel
  if (!given) abandon(answer.reply)
}
