import { pointerOf } from '../../kit/conform.ts'
import type { Shape } from '../shape.ts'
import { TEXT_FORMATS, type TextFormat } from './text-format.ts'

/** One place at which two shapes differ though both may keep the contract. */
export interface ShapeDifference {
  /** A JSON pointer with `*` for every element of a list and every key of a map. */
  pointer: string
  kind: /** Always there in the real values, never in the fake's. */
    | 'missing'
    /** Never there in the real values, in some or all of the fake's. */
    | 'extra'
    /** No JSON type in common, null aside. */
    | 'type'
    /** Always null on one side, never on the other. */
    | 'null'
    /** Every text on one side has a format that none on the other has. */
    | 'format'
  /** In so many values of each side, of so many that could have shown it. */
  counts: { real: number; fake: number }
  of: { real: number; fake: number }
  /** What each side was: `text`, `uuid`, `null`. */
  realSays: string
  fakeSays: string
}

/** Where a fake's values differ from the real ones; silent where there is too little to tell from. */
export function differences(real: Shape, fake: Shape): ShapeDifference[] {
  return [...walk(real, fake, [])]
}

/** What one or two values show may be chance. */
const EVIDENCE = 3
/** A member is often null for a reason that a few values share. */
const NULLS = 5

function* walk(real: Shape, fake: Shape, path: readonly string[]): Generator<ShapeDifference> {
  if (real.visits < EVIDENCE || fake.visits < EVIDENCE) return
  yield* nullDifference(real, fake, path)
  yield* typeDifference(real, fake, path)
  yield* formatDifference(real, fake, path)
  if (real.element !== undefined && fake.element !== undefined) yield* walk(real.element, fake.element, [...path, '*'])
  yield* memberDifferences(real, fake, path)
}

function* nullDifference(real: Shape, fake: Shape, path: readonly string[]): Generator<ShapeDifference> {
  if (real.visits < NULLS || fake.visits < NULLS) return
  const [realNulls, fakeNulls] = [real.count('null'), fake.count('null')]
  const opposed = (realNulls === 0 && fakeNulls === fake.visits) || (realNulls === real.visits && fakeNulls === 0)
  if (opposed) yield difference('null', path, [realNulls, real.visits, typesOf(real)], [fakeNulls, fake.visits, typesOf(fake)])
}

function* typeDifference(real: Shape, fake: Shape, path: readonly string[]): Generator<ShapeDifference> {
  const [realOnes, fakeOnes] = [real.visits - real.count('null'), fake.visits - fake.count('null')]
  if (realOnes < EVIDENCE || fakeOnes < EVIDENCE) return
  const theirs = kindsOf(fake)
  if (kindsOf(real).every((kind) => !theirs.includes(kind))) {
    yield difference('type', path, [realOnes, real.visits, typesOf(real)], [fakeOnes, fake.visits, typesOf(fake)])
  }
}

/** The first format alone: a text that is no date-time with a zone is no date-time either. */
function* formatDifference(real: Shape, fake: Shape, path: readonly string[]): Generator<ShapeDifference> {
  const [realTexts, fakeTexts] = [real.count('text'), fake.count('text')]
  if (realTexts < EVIDENCE || fakeTexts < EVIDENCE) return
  const having = (shape: Shape, format: TextFormat) => shape.texts?.formats[format] ?? 0
  const format = TEXT_FORMATS.find((format) => (isHeld(real, format) && having(fake, format) === 0) || (isHeld(fake, format) && having(real, format) === 0))
  if (format === undefined) return
  const says = (shape: Shape) => (isHeld(shape, format) ? format : `not ${format}`)
  yield difference('format', path, [having(real, format), realTexts, says(real)], [having(fake, format), fakeTexts, says(fake)])
}

/** Digits may be digits by chance, if they are always the same ones. */
function isHeld(shape: Shape, format: TextFormat): boolean {
  if (shape.texts?.formats[format] !== shape.count('text')) return false
  return !CHANCE.includes(format) || (shape.values.counts?.size ?? EVIDENCE) >= EVIDENCE
}

const CHANCE: readonly TextFormat[] = ['integer', 'hex', 'id', 'ipv4']

function* memberDifferences(real: Shape, fake: Shape, path: readonly string[]): Generator<ShapeDifference> {
  const [realObjects, fakeObjects] = [real.count('object'), fake.count('object')]
  if (realObjects < EVIDENCE || fakeObjects < EVIDENCE) return
  if (real.asMap() !== undefined || fake.asMap() !== undefined) return yield* walk(real.together(), fake.together(), [...path, '*'])
  for (const [name, member] of [...real.members].sort(byName)) {
    const theirs = fake.members.get(name)
    if (theirs !== undefined) yield* walk(member, theirs, [...path, name])
    else if (member.visits === realObjects && !fake.cut) {
      yield difference('missing', [...path, name], [member.visits, realObjects, typesOf(member)], [0, fakeObjects, 'absent'])
    }
  }
  if (real.cut) return
  for (const [name, member] of [...fake.members].sort(byName)) {
    if (!real.members.has(name)) yield difference('extra', [...path, name], [0, realObjects, 'absent'], [member.visits, fakeObjects, typesOf(member)])
  }
}

type Side = readonly [times: number, of: number, says: string]

function difference(kind: ShapeDifference['kind'], path: readonly string[], real: Side, fake: Side): ShapeDifference {
  return {
    pointer: pointerOf(path),
    kind,
    counts: { real: real[0], fake: fake[0] },
    of: { real: real[1], fake: fake[1] },
    realSays: real[2],
    fakeSays: fake[2],
  }
}

/** Whole and fractional numbers are one kind: a price that is whole today is none tomorrow. */
const kindsOf = (shape: Shape): string[] =>
  [...new Set(Object.keys(shape.types).map((type) => (type === 'integer' ? 'number' : type)))].filter((kind) => kind !== 'null')

const typesOf = (shape: Shape): string => [...kindsOf(shape).sort(), ...(shape.count('null') > 0 ? ['null'] : [])].join(' or ')

const byName = ([one]: [string, Shape], [other]: [string, Shape]): number => (one < other ? -1 : 1)
