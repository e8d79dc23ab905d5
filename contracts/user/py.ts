import { type Pydantic, pydantic } from '../kit/fastapi.ts'

/** The types of pydantic 2.5, which the service pins beside FastAPI 0.104.1. */
export const py: Pydantic = pydantic('2.5')
