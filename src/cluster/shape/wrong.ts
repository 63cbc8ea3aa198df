import type {KubernetesObject} from '../../model/objects.ts'

/** An object of a wrong shape, which is left out. */
export interface Wrong {
  /** Which object, and which of its fields. */
  readonly problem: string
  /** As much of it as tells which it is, and to whom it may belong. */
  readonly object: KubernetesObject
}

/** So many are told; who mends these will be told of the next. */
const FEW = 3

/** The sentence for all of them. */
export function wrongSentence(server: string, wrong: readonly Wrong[]): string {
  const problems = [...new Set(wrong.map(({problem}) => problem))]
  const told = problems.slice(0, FEW).join('; ') + (problems.length > FEW ? '; …' : '')
  const what = wrong.length === 1 ? 'has a wrong shape' : `holds ${wrong.length} objects of a wrong shape`
  return `error: the answer of ${server} ${what}: ${told}`
}

/** Whether it says which object it is. */
export function isKnown({object}: Wrong): boolean {
  return Boolean(object.metadata?.uid ?? object.metadata?.name)
}
