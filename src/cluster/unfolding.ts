/** What every alias may stand for while a document is small, and what it may while it is large (sigs.k8s.io/yaml 1.6, decode.go). */
const SMALL = {values: 400_000, share: 0.99}
const LARGE = {values: 4_000_000, share: 0.1}
/** Fewer are nobody's harm. */
const FEW = {aliased: 100, values: 1000}
/** Go shares a text that stands in many places; what we print of it does not. */
const MOST_LETTERS = 64 * 1024 ** 2

interface Count {
  values: number
  aliased: number
  letters: number
  readonly seen: Set<object>
  /** Those that we are inside of. */
  readonly open: Set<object>
}

/**
 * Aliases of YAML let a small text stand for a document without end. In memory an alias is the same object once more; what
 * it stands for counts as often as it stands there.
 * @throws Error in Go's words.
 */
function refuseEndless(document: unknown): void {
  visit(document, false, {values: 0, aliased: 0, letters: 0, seen: new Set(), open: new Set()})
}

function visit(value: unknown, isInAlias: boolean, count: Count): void {
  const isAlias = isInAlias || (isObject(value) && count.seen.has(value))
  add(value, isAlias, count)
  if (!isObject(value)) return
  if (count.open.has(value)) throw new Error("yaml: anchor's value contains itself")
  count.seen.add(value)
  count.open.add(value)
  for (const [key, each] of Object.entries(value)) {
    if (!Array.isArray(value)) add(key, isAlias, count)
    visit(each, isAlias, count)
  }
  count.open.delete(value)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function add(value: unknown, isAliased: boolean, count: Count): void {
  count.values += 1
  if (isAliased) count.aliased += 1
  if (typeof value === 'string') count.letters += value.length
  const isMuch = count.aliased > FEW.aliased && count.values > FEW.values
  if ((isMuch && count.aliased / count.values > allowed(count.values)) || count.letters > MOST_LETTERS)
    throw new Error('yaml: document contains excessive aliasing')
}

function allowed(values: number): number {
  if (values <= SMALL.values) return SMALL.share
  if (values >= LARGE.values) return LARGE.share
  const way = (values - SMALL.values) / (LARGE.values - SMALL.values)
  return SMALL.share - (SMALL.share - LARGE.share) * way
}

/** The same document. Without an alias it holds no more than its text. @throws Error for one that unfolds without end. */
export function bounded(document: unknown, text: string): unknown {
  if (text.includes('*')) refuseEndless(document)
  return document
}
