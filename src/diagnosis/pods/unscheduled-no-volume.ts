import {nameOf, namespaceOf} from '../../model/objects.ts'
import {noVolumeLeft} from '../claim/no-volume-left.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import type {Finding} from '../finding.ts'
import {podText} from '../pod.ts'
import {quoted} from '../quoted.ts'
import {unschedulable} from '../scheduling/pinned-reason.ts'
import type {PodSubject} from './subject.ts'
import {isImmediate, type MountedClaim, unboundClaims} from './unscheduled-claims.ts'
import type {Verdict} from './unscheduled-verdict.ts'
import {describePod, severityFor, unscheduledFinding} from './unscheduled-words.ts'

/** No node has a volume for a claim that binds with its Pod: the claim is the cause, and this points at it. */
export function noVolumeInReach(subject: PodSubject, verdict: Verdict): Finding {
  const {pod} = subject
  const unbound = unboundClaims(subject)
  const lazy = unbound.filter((each) => !isImmediate(each, subject))
  const claims = lazy.length > 0 ? lazy : unbound
  const [first] = claims
  const names = claims.map(({name}) => name)
  const which = `its ${names.length > 1 ? 'claims' : 'claim'} ${fewText(names)}`
  return unscheduledFinding(subject, {
    id: verdict.id,
    severity: severityFor(subject, speaksForItself(subject, verdict, claims) ? 'warning' : 'error'),
    message: `${podText(pod)} is not scheduled: ${first ? `${which} ${whyNone(verdict)}` : saidText(verdict)}`,
    ...(first && {object: {kind: 'PersistentVolumeClaim', namespace: namespaceOf(pod), name: first.name}}),
    evidence: [
      `pod/${nameOf(pod)} condition PodScheduled=False: ${quoted(unschedulable(pod)?.message ?? '')}`,
      ...verdict.selected.map((node) => `a claim's annotation volume.kubernetes.io/selected-node=${node}`),
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [
        ...names.map((name) => kubectl('describe', 'pvc', '-n', namespaceOf(pod), name)),
        describePod(subject),
      ],
      advice:
        'see what the claim says: a volume, or a class that makes one, is needed where the Pod may run (allowedTopologies of the class?)',
      danger: '',
      rung: 0,
    },
  })
}

function saidText({told}: Verdict): string {
  return told.map(({text}) => quoted(text)).join(', ')
}

function whyNone(verdict: Verdict): string {
  const {selected, told} = verdict
  if (selected.length > 1) return `are to be bound on different nodes (${fewText(selected)})`
  if (selected.length > 0) return `can only be bound on node ${fewText(selected)}, which is not there`
  return `found no volume in reach of any node${told.length > 0 ? ` (${saidText(verdict)})` : ''}`
}

/** A rule of the claim's own says it, and what to do: a chosen node that is gone, or a class that makes no volumes. */
function speaksForItself(
  {pod, relations}: PodSubject,
  {selected}: Verdict,
  claims: readonly MountedClaim[],
): boolean {
  const namespace = namespaceOf(pod)
  return (
    selected.length > 0 ||
    claims.some(({name, claim}) => claim && noVolumeLeft({namespace, name, claim, relations}))
  )
}
