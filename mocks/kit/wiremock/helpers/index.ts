import type { Helper } from '../render.ts'
import { dateHelpers } from './dates.ts'
import { jsonHelpers } from './json.ts'
import { logicHelpers } from './logic.ts'
import { randomHelpers } from './random.ts'
import { textHelpers } from './text.ts'

/** Every helper of WireMock's templates that is carried, by name. */
export const helpers: Readonly<Record<string, Helper>> = { ...logicHelpers, ...dateHelpers, ...jsonHelpers, ...randomHelpers, ...textHelpers }
