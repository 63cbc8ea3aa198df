import type {LookUps} from '../look-ups.ts'
import type {Looked, Recorder} from './recorder.ts'

interface Passing {
  readonly value: unknown
  readonly looked: Looked
}

/** Answers about what is no object of the cluster, such as an ordinal: they are good for one snapshot. */
export function passingAnswers(recorder: Recorder): LookUps['once'] {
  const known = new Map<string, WeakMap<object, Passing>>()
  return <T>(what: string, of: object, find: () => T, given: readonly unknown[] = []): T => {
    if (given.length > 0) return find()
    const ofWhat = known.get(what) ?? new WeakMap<object, Passing>()
    known.set(what, ofWhat)
    const answer = ofWhat.get(of) ?? recorder.record([of], find)
    ofWhat.set(of, answer)
    recorder.touchAll(answer.looked)
    return answer.value as T
  }
}
