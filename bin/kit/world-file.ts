import type { WorldOverlay } from '../../mocks/kit/lane.ts'
export async function readWorld(_file: string): Promise<WorldOverlay> { return {} }
