/** A template that can't be understood, or that does not fit what it is asked of. `message` is kubectl's. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

/** A number that was written with a fraction: kubectl compares it with such numbers alone. */
export class Fraction {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** Start, end or step of `[a:b:c]`. */
export interface Bound {
  readonly value: number
  readonly isKnown: boolean
  /** The end of `[n]`, which nobody has written. */
  readonly isDerived?: true
}

/** What a template is made of, by the names of client-go's util/jsonpath (1.37). */
export type Node =
  | {readonly type: 'list'; readonly nodes: readonly Node[]}
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'constant'; readonly value: number | boolean | Fraction}
  | {readonly type: 'identifier'; readonly name: string}
  | {readonly type: 'field'; readonly name: string}
  | {readonly type: 'array'; readonly bounds: readonly [Bound, Bound, Bound]}
  | {readonly type: 'union'; readonly parts: readonly (readonly Node[])[]}
  | {readonly type: 'wildcard'}
  | {readonly type: 'recursive'}
  | Filter

export interface Filter {
  readonly type: 'filter'
  readonly left: readonly Node[]
  /** `exists`, or what stands between two sides. */
  readonly operator: string
  readonly right: readonly Node[]
}
