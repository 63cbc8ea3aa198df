import {type ControllerRevision, nameOf} from '../../../model/objects.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import type {RolloutSubject} from './subject.ts'
import {oldSlots, setReference, setText, slotsText} from './words.ts'

export const causes = {
  'sts-spurious-rollout-1-34': {
    title: 'control plane upgrade restarts everything',
    applies: ['StatefulSet'],
    sign: 'After an upgrade from 1.33 to an early 1.34 a new ControllerRevision appears that differs from the last one only by `creationTimestamp: null`. Nobody has edited the set, and it rolls.',
    remedy: 'Let it finish, or set a partition to choose the time yourself.',
    risk: 'each Pod is down until it is back, as in any rollout',
    rank: 'aside',
  },
} satisfies Causes

/**
 * kubernetes#134773: 1.34 writes `creationTimestamp` otherwise than 1.33, takes that for a new template, and recreates every
 * Pod. Undefined where the revisions' data were not read.
 */
export const spuriousRollout: Rule<RolloutSubject> = ({facts, relations}) => {
  const {set, updateRevision} = facts
  const revisions = relations.revisionsOf(set.metadata?.uid)
  const updated = revisions.find((revision) => nameOf(revision) === updateRevision)
  const current = revisions.find((revision) => nameOf(revision) === set.status?.currentRevision)
  const old = oldSlots(facts)
  if (!updated || !current || old.length === 0 || !differInTimestampOnly(updated, current)) return undefined
  return {
    id: 'sts-spurious-rollout-1-34',
    severity: 'warning',
    message: `An upgrade to 1.34 started this rollout, nobody changed the template (kubernetes#134773, ${setText(set)})`,
    object: setReference(set),
    ...(updated.metadata?.creationTimestamp && {since: updated.metadata.creationTimestamp}),
    evidence: [
      `controllerrevision/${nameOf(updated)} and controllerrevision/${nameOf(current)} differ only in creationTimestamp: null`,
      `still of the revision before: ${slotsText(old)}`,
    ],
    selfHealing: 'yes',
    remedy: {
      look: [],
      act: [
        {
          text:
            strategyOf(set) === 'OnDelete'
              ? 'leave the old Pods as they are: OnDelete replaces none of them, and both revisions are of the same template'
              : 'let it finish: to stop it half-way leaves two revisions of the same template',
          commands: [],
        },
      ],
      risk: causes['sts-spurious-rollout-1-34'].risk,
      avoid: '',
      rung: 0,
    },
  }
}

function differInTimestampOnly({data: left}: ControllerRevision, {data: right}: ControllerRevision): boolean {
  if (!left || !right) return false
  return left.fingerprint === right.fingerprint && left.hasEmptyTimestamp !== right.hasEmptyTimestamp
}
