import type { Bounds } from './bounds.ts'
import { kindOf, type Option } from './options.ts'

/** Whether a plain value is one that an option lets through; formats are taken to be kept. */
export function keeps(value: unknown, option: Option): boolean {
  if (option.kind === 'anything') return true
  if (option.kind === 'values') return option.values.some((one) => JSON.stringify(one) === JSON.stringify(value))
  if (kindOf(value) !== option.kind) return false
  if (option.kind === 'text')
    return isWithin([...(value as string)].length, option.bounds) && option.bounds.patterns.every((pattern) => fits(value as string, pattern))
  if (option.kind !== 'number') return true
  const number = value as number
  return (!option.whole || Number.isInteger(number)) && isWithin(number, option.bounds)
}

function isWithin(size: number, { least, most, step }: Bounds): boolean {
  if (least !== undefined && (least.open ? size <= least.at : size < least.at)) return false
  if (most !== undefined && (most.open ? size >= most.at : size > most.at)) return false
  return step === undefined || Number.isInteger(size / step)
}

/** A pattern that is none of JavaScript's refuses nothing here. */
function fits(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return true
  }
}
