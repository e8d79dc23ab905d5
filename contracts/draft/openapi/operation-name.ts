import { identifier } from '../identifier.ts'
import { type Json, listOf, textOf } from './document.ts'

/** FastAPI's `create_alert_api_v1_alerts_post` is `createAlert`; without an id, method and path make a name. */
export function operationName(operation: Json, method: string, path: string): string {
  const id = textOf(operation.operationId)
  if (id === undefined) return identifier(`${method.toLowerCase()} ${path.replaceAll(/[{}]/g, ' ')}`, method.toLowerCase())
  const generated = `_${path.replaceAll(/\W/g, '_')}_${method.toLowerCase()}`.replace(/^_+/, '_')
  const tag = textOf(listOf(operation.tags)[0])
  const short = id.endsWith(generated) && id.length > generated.length ? id.slice(0, -generated.length).replace(/_+$/, '') : id
  return identifier(tag !== undefined && short.startsWith(`${tag}.`) ? short.slice(tag.length + 1) : short, method.toLowerCase())
}
