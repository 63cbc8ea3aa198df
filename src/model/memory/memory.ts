import type {LookUps} from '../look-ups.ts'
import {type Relate, relationsBy} from '../relations.ts'
import {isSeen, seesPodsOf} from '../seen.ts'
import {type ClusterSnapshot, observedKeys, snapshotOf} from '../snapshot.ts'
import {createAnswers} from './answers.ts'
import type {Cell} from './cells.ts'
import {isOtherwise, listChanges, sightChanges} from './differences.ts'
import {passingAnswers} from './passing.ts'
import {createRecorder} from './recorder.ts'
import {createTables} from './tables.ts'
import {viewOf} from './view.ts'

/**
 * Relations of one snapshot after the other. What was worked out of the ones before and is made of nothing that has changed
 * since is not worked out again; so an answer costs what has changed. Relations of earlier snapshots are those of the latest. `patiences`: seconds
 * after which rules may think otherwise of a time.
 */
export function createMemory(patiences: readonly number[] = []): Relate {
  let current: ClusterSnapshot = snapshotOf('')
  let now = 0
  let passing: LookUps['once']
  const recorder = createRecorder(() => now)
  const answers = createAnswers(moments(patiences))
  const tables = createTables({touch: recorder.touch, change: answers.change}, () => current)
  /** Objects and lists of the current snapshot. */
  const present = new WeakSet<object>()
  const [listed, seen] = [cellsOfKinds(), cellsOfKinds()]
  const unread: Cell = {}

  const lookUps: LookUps = {
    ...tables,
    snapshot: viewOf(() => current, recorder, {listed, unread}),
    sees(key, name) {
      recorder.touch(seen.get(key) ?? {}, [])
      return isSeen(current, key, name)
    },
    seesPodsOf(uid) {
      recorder.touch(seen.get('pods') ?? {}, [])
      return seesPodsOf(current, uid)
    },
    once(what, of, find, given = []) {
      if (!present.has(of)) return passing(what, of, find, given)
      const known = answers.about({of, what, given})
      if (known) {
        recorder.touchAnswer(known)
        return known.value as never
      }
      const {value, looked} = recorder.record([of, ...given], find)
      recorder.touchAnswer(answers.keep({of, what, given}, value, looked, now))
      return value
    },
  }

  const acceptLists = (before: ClusterSnapshot) => {
    for (const change of listChanges(before, current)) {
      for (const gone of [change.before, ...change.gone]) {
        present.delete(gone)
        answers.forget(gone)
      }
      for (const come of [change.after, ...change.come]) present.add(come)
      if (change.gone.length + change.come.length > 0) answers.change(listed.get(change.key) ?? {})
    }
    tables.update()
  }
  const relations = relationsBy(lookUps)
  return (snapshot) => {
    const before = current
    current = snapshot
    now = Date.parse(snapshot.observedAt)
    passing = passingAnswers(recorder)
    if (isOtherwise(before, snapshot)) answers.forgetAll()
    if (String(before.unread) !== String(snapshot.unread)) answers.change(unread)
    for (const key of sightChanges(before, snapshot)) answers.change(seen.get(key) ?? {})
    acceptLists(before)
    answers.passTo(now)
    return relations
  }
}

/** In milliseconds: one rule asks whether something has lasted for so long, another whether for longer. */
function moments(patiences: readonly number[]): readonly number[] {
  const seconds = patiences.flatMap((patience) => [patience, patience + 1])
  return [...new Set(seconds)].toSorted((left, right) => left - right).map((each) => each * 1000)
}

function cellsOfKinds(): ReadonlyMap<string, Cell> {
  return new Map(observedKeys.map((key) => [key, {}]))
}
