import { bandwidth } from './bandwidth.ts'
import { close } from './close.ts'
import { contentType } from './content-type.ts'
import { down } from './down.ts'
import { duplicate } from './duplicate.ts'
import { emptyBody } from './empty-body.ts'
import { garbage } from './garbage.ts'
import { invalidJson } from './invalid-json.ts'
import { latency } from './latency.ts'
import { limitData } from './limit-data.ts'
import { lost } from './lost.ts'
import { malformed } from './malformed.ts'
import { reorder } from './reorder.ts'
import { reset } from './reset.ts'
import { schemaDrift } from './schema-drift.ts'
import { skew } from './skew.ts'
import { slicer } from './slicer.ts'
import { slowClose } from './slow-close.ts'
import { stale } from './stale.ts'
import { timeout } from './timeout.ts'

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
  empty_body: emptyBody,
  invalid_json: invalidJson,
  content_type: contentType,
  schema_drift: schemaDrift,
  stale,
  duplicate,
  reorder,
  lost,
  skew,
}

export type FaultName = keyof typeof faults
