import type {LookUps} from '../look-ups.ts'
import type {KubernetesObject} from '../objects.ts'
import {type Relate, relationsBy} from '../relations.ts'
import {
  type ClusterSnapshot,
  isSeen,
  observedKeys,
  type ResourceKey,
  seesPodsOf,
  snapshotOf,
} from '../snapshot.ts'
import {createAnswers} from './answers.ts'
import type {Cell} from './cells.ts'
import {changedFrom} from './changed.ts'
import {passingAnswers} from './passing.ts'
import {createRecorder} from './recorder.ts'
import {createTable, type Keys, type Table} from './table.ts'
import {viewOf} from './view.ts'

/**
 * Relations of one snapshot after the other. What was worked out of the ones before and is made of nothing that has changed
 * since is not worked out again; so an answer costs what has changed. Relations of earlier snapshots are those of the latest.
 */
export function createMemory(): Relate {
  let current: ClusterSnapshot = snapshotOf('')
  let passing: LookUps['once']
  let observed = 0
  const now = () => observed
  const recorder = createRecorder(now)
  const answers = createAnswers()
  const tables = new Map<string, {readonly table: Table; readonly update: () => void}>()
  const present = new WeakSet<object>()
  const listed = new Map<string, Cell>(observedKeys.map((key) => [key, {}]))
  const seen = new Map<string, Cell>(observedKeys.map((key) => [key, {}]))
  const unread: Cell = {}
  const view = viewOf(() => current, recorder, {listed, unread})

  /** Brought up to date when somebody asks for it first, and then with each snapshot. */
  const tableOf = (name: string, kind: ResourceKey, keys: Keys): Table => {
    const known = tables.get(name)
    if (known) return known.table
    const table = createTable({touch: recorder.touch, change: answers.change})
    const update = () => table.update(current[kind], keys)
    tables.set(name, {table, update})
    update()
    return table
  }
  const lookUps: LookUps = {
    snapshot: view,
    sees(key, name) {
      recorder.touch(seen.get(key) ?? {}, [])
      return isSeen(current, key, name)
    },
    seesPodsOf(uid) {
      recorder.touch(seen.get('pods') ?? {}, [])
      return seesPodsOf(current, uid)
    },
    index: (name, kind, key) => ({
      get: (wanted) =>
        tableOf(name, kind, (object) => [key(object as never)])
          .get(wanted)
          .at(-1) as never,
    }),
    groups: (name, kind, keys) => ({
      get: (wanted) => tableOf(name, kind, (object) => keys(object as never)).get(wanted) as never,
    }),
    once(what, of, find, given = []) {
      if (!present.has(of)) return passing(what, of, find, given)
      const known = answers.about({of, what, given})
      if (known) {
        recorder.touchAnswer(known)
        return known.value as never
      }
      const {value, looked} = recorder.record([of, ...given], find)
      recorder.touchAnswer(answers.keep({of, what, given}, value, looked, now()))
      return value
    },
  }

  const accept = (next: ClusterSnapshot) => {
    const before = current
    current = next
    observed = Date.parse(next.observedAt)
    passing = passingAnswers(recorder)
    if (isOtherwise(before, next)) answers.forgetAll()
    if (String(before.unread) !== String(next.unread)) answers.change(unread)
    for (const key of observedKeys) {
      if (isSeen(before, key) !== isSeen(next, key)) answers.change(seen.get(key) ?? {})
      if (before[key] === next[key]) continue
      present.delete(before[key])
      answers.forget(before[key])
      present.add(next[key])
      const {gone, come} = changedFrom<KubernetesObject>(before[key], next[key])
      for (const object of gone) {
        present.delete(object)
        answers.forget(object)
      }
      for (const object of come) present.add(object)
      if (gone.length + come.length > 0) answers.change(listed.get(key) ?? {})
    }
    for (const {update} of tables.values()) update()
    answers.passTo(now())
  }
  const relations = relationsBy(lookUps)
  return (snapshot) => {
    accept(snapshot)
    return relations
  }
}

/** In what is the same for all answers: it hardly ever changes. */
function isOtherwise(before: ClusterSnapshot, after: ClusterSnapshot): boolean {
  const told = ({server, inPart, logs, omissions, named}: ClusterSnapshot) =>
    JSON.stringify([server, inPart, logs, omissions, named])
  return told(before) !== told(after)
}
