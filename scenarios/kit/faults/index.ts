import { bandwidth } from './bandwidth.ts'
import { close } from './close.ts'
import { contentType } from './content-type.ts'
import { created } from './created.ts'
import { down } from './down.ts'
import { duplicate } from './duplicate.ts'
import { emptyBody } from './empty-body.ts'
import { expiredToken } from './expired-token.ts'
import { forbidden } from './forbidden.ts'
import { garbage } from './garbage.ts'
import { invalidJson } from './invalid-json.ts'
import { latency } from './latency.ts'
import { limitData } from './limit-data.ts'
import { lost } from './lost.ts'
import { malformed } from './malformed.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { redirect } from './redirect.ts'
import { reorder } from './reorder.ts'
import { reset } from './reset.ts'
import { schemaDrift } from './schema-drift.ts'
import { skew } from './skew.ts'
import { slicer } from './slicer.ts'
import { slowClose } from './slow-close.ts'
import { slowStart } from './slow-start.ts'
import { stale } from './stale.ts'
import { status } from './status.ts'
import { timeout } from './timeout.ts'
import { unauthorized } from './unauthorized.ts'

/** The catalogue: one file a fault, one line here. */
export const faults = {
  latency,
  timeout,
  reset,
  close,
  down,
  slicer,
  bandwidth,
  slow_close: slowClose,
  limit_data: limitData,
  garbage,
  malformed,
  status,
  rate_limit: rateLimit,
  quota,
  unauthorized,
  forbidden,
  expired_token: expiredToken,
  empty_body: emptyBody,
  invalid_json: invalidJson,
  content_type: contentType,
  schema_drift: schemaDrift,
  created,
  redirect,
  stale,
  duplicate,
  reorder,
  lost,
  slow_start: slowStart,
  skew,
}

export type FaultName = keyof typeof faults
