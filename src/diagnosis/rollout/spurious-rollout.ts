import {type ControllerRevision, controllerUid, nameOf} from '../../model/objects.ts'
import type {Rule} from '../finding.ts'
import {oldSlots, setReference, setText, slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

/**
 * kubernetes#134773: 1.34 writes `creationTimestamp` otherwise than 1.33, takes that for a new template, and makes every
 * Pod anew. Undefined where the revisions' data were not read.
 */
export const spuriousRollout: Rule<RolloutSubject> = ({facts, relations}) => {
  const {set, updateRevision} = facts
  const revisions = relations.snapshot.controllerRevisions.filter(
    (revision) => controllerUid(revision) === set.metadata?.uid,
  )
  const updated = revisions.find((revision) => nameOf(revision) === updateRevision)
  const current = revisions.find((revision) => nameOf(revision) === set.status?.currentRevision)
  const old = oldSlots(facts)
  if (!updated || !current || old.length === 0 || !differInTimestampOnly(updated, current)) return undefined
  return {
    id: 'sts-spurious-rollout-1-34',
    severity: 'warning',
    message: `Nobody changed the template of ${setText(set)}: revisions ${nameOf(current)} and ${nameOf(updated)} differ only in an empty creationTimestamp, which an upgrade to 1.34 brings about (kubernetes#134773)`,
    object: setReference(set),
    ...(updated.metadata?.creationTimestamp && {since: updated.metadata.creationTimestamp}),
    evidence: [
      `controllerrevision/${nameOf(updated)} and controllerrevision/${nameOf(current)} data, apart from creationTimestamp: null`,
      `still of the revision before: ${slotsText(old)}`,
    ],
    selfHealing: 'yes',
    remedy: {
      commands: [],
      advice: 'let it finish: to stop it half-way leaves two revisions of the same template',
      danger: 'each Pod is down until it is back, as in any rollout',
      rung: 0,
    },
  }
}

function differInTimestampOnly({data: left}: ControllerRevision, {data: right}: ControllerRevision): boolean {
  if (left === undefined || right === undefined) return false
  const [whole, stripped] = [canonical(left, false), canonical(left, true)]
  return whole !== canonical(right, false) && stripped === canonical(right, true)
}

/** The same text for the same content, whatever the order of its fields. */
function canonical(value: unknown, withoutTimestamps: boolean): string {
  return JSON.stringify(value, (key, each: unknown) => {
    if (withoutTimestamps && key === 'creationTimestamp' && each === null) return undefined
    const isObject = typeof each === 'object' && each !== null && !Array.isArray(each)
    return isObject ? Object.fromEntries(Object.entries(each).toSorted(byKey)) : each
  })
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1
}
