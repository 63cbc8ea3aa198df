import {clean} from '../../model/clean.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'

/** An object, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const DATE = /^\d{4}-\d\d-\d\d/

/** A time as the API writes it, or nearly so. */
export function isTime(value: unknown): boolean {
  return typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value))
}

function isIntegerUpTo(most: number, value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) <= most
}

/** What JSON has of a type, and what that is called. */
export interface Scalar {
  readonly isRight: Check
  readonly name: string
}

/** Every type that has no fields. */
export const scalars: Readonly<Record<string, Scalar>> = {
  string: {isRight: isText, name: 'a string'},
  bool: {isRight: (value) => typeof value === 'boolean', name: 'a boolean'},
  int32: {isRight: (value) => isIntegerUpTo(2 ** 31, value), name: 'an integer of 32 bits'},
  int64: {isRight: (value) => isIntegerUpTo(2 ** 63, value), name: 'an integer'},
  // people, and some programs, write `cpu: 1`
  Quantity: {isRight: (value) => isText(value) || Number.isFinite(value), name: 'a quantity'},
  IntOrString: {
    isRight: (value) => isText(value) || isIntegerUpTo(2 ** 31, value),
    name: 'an integer or a string',
  },
  Time: {isRight: isTime, name: 'a time'},
  MicroTime: {isRight: isTime, name: 'a time'},
  RawExtension: {isRight: () => true, name: 'anything'},
}

/** A value in an error, and not more of it than a reader needs. */
export function wordFor(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return JSON.stringify(clean(value.slice(0, 40)))
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
