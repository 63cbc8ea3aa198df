import {namespaceOf} from '../../../model/objects.ts'
import {noVolumeLeft} from '../../claim/no-volume-left.ts'
import type {Finding} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {fewText} from '../../words.ts'
import {describePod} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {choice} from './choice.ts'
import {conditionProof, pendingMessage, schedulingFinding, severityFor} from './finding.ts'
import {isImmediate, type MountedClaim, unboundClaims} from './mounted-claims.ts'
import type {SchedulerVerdict} from './verdict.ts'

/** No node has a volume for a claim that binds with its Pod: the claim is the cause, and this points at it. */
export function noVolumeInReach(subject: PodSubject, verdict: SchedulerVerdict): Finding {
  const {pod, relations} = subject
  const unbound = unboundClaims(subject)
  const lazy = unbound.filter((each) => !isImmediate(each, subject))
  const claims = lazy.length > 0 ? lazy : unbound
  const [first] = claims
  const names = claims.map(({name}) => name)
  const which = first ? `${names.length > 1 ? 'claims' : 'claim'} ${fewText(names)}` : 'a claim of the Pod'
  return schedulingFinding(subject, {
    id: verdict.id,
    severity: severityFor(subject, speaksForItself(subject, verdict, claims) ? 'warning' : 'error'),
    message: pendingMessage(pod, `${which} ${whyNone(verdict, relations.sees('nodes'))}`),
    ...(first && {object: {kind: 'PersistentVolumeClaim', namespace: namespaceOf(pod), name: first.name}}),
    evidence: [
      conditionProof(pod),
      ...verdict.selected.map((node) => `a claim's annotation volume.kubernetes.io/selected-node=${node}`),
    ],
    selfHealing: 'maybe',
    remedy: choice(
      [
        ...names.map((name) => kubectl('describe', 'pvc', '-n', namespaceOf(pod), name)),
        describePod(subject.pod),
      ],
      [
        'see what the claim says, and whether allowedTopologies of its class leaves out the nodes where the Pod may run',
        'create a volume there, or let the class provision one there',
      ],
    ),
  })
}

function whyNone({selected}: SchedulerVerdict, isSure: boolean): string {
  if (selected.length > 1) return `can only be bound on different nodes (${fewText(selected)})`
  if (selected.length > 0)
    return `can only be bound on node ${fewText(selected)}${isSure ? ', which does not exist' : ''}`
  return 'found no volume in reach of any node'
}

/** A rule of the claim's own says it, and what to do: a chosen node that is gone, or a class that provisions no volumes. */
function speaksForItself(
  {pod, relations}: PodSubject,
  {selected}: SchedulerVerdict,
  claims: readonly MountedClaim[],
): boolean {
  const namespace = namespaceOf(pod)
  return (
    selected.length > 0 ||
    claims.some(({name, claim}) => claim && noVolumeLeft({namespace, name, claim, relations}))
  )
}
