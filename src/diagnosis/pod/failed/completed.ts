import {nameOf, type Pod} from '../../../model/objects.ts'
import {own} from '../../../model/own.ts'
import {replacesSucceeded as replacesDaemon} from '../../../model/rollout/daemon-manage.ts'
import {replacesSucceeded as replacesMember} from '../../../model/rollout/stateful-set-rules.ts'
import {serverVersionOf} from '../../../model/server-version.ts'
import type {Causes} from '../../cause.ts'
import type {Finding, Rule} from '../../finding.ts'
import {
  CONTROLLER_MANAGER_LEASE,
  deletePod,
  describePod,
  inspect,
  ownerKind,
  podFinding,
  unreadySince,
} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {isLeft} from './left.ts'

export const causes = {
  'sts-pod-completed': {
    title: 'Pod succeeded, not replaced',
    applies: ['StatefulSet'],
    sign: 'The phase is `Succeeded`, which can happen when a node shuts down. From 1.29 (1.28.5, 1.27.9) the set creates the Pod again at once; older controllers leave it permanently.',
    remedy: 'Where it has lasted for minutes, `kubectl delete pod <pod>`: its successor comes at once.',
    risk: 'its logs and its status go with the Pod',
    riskWhen: 'the Pod has to be deleted by hand (1.28 and older)',
  },
  'ds-pod-completed': {
    title: 'daemon Pod succeeded, not replaced',
    applies: ['DaemonSet'],
    sign: 'The phase is `Succeeded`, as after a reboot of the node or a stop of its runtime. From 1.27 (1.26.5) the controller deletes the Pod and creates a new one, with an event `SucceededDaemonPod`; older ones take it for a Pod that runs.',
    remedy: 'Where it has lasted for minutes, `kubectl delete pod <pod>`: its successor comes at once.',
    risk: 'its logs and its status go with the Pod',
    riskWhen: 'the Pod has to be deleted by hand (before 1.26.5)',
  },
} satisfies Causes

interface Kind {
  readonly id: keyof typeof causes
  /** From when such a controller replaces it, in words. */
  readonly since: string
  readonly replaces: typeof replacesMember
}

const KINDS: Readonly<Record<string, Kind>> = {
  StatefulSet: {
    id: 'sts-pod-completed',
    since: 'before 1.27.9, 1.28.5 and 1.29',
    replaces: replacesMember,
  },
  DaemonSet: {id: 'ds-pod-completed', since: 'before 1.26.5 and 1.27', replaces: replacesDaemon},
}

/** Its containers always start again, so that only a stop of the node or of the kubelet ends it well. */
export const completed: Rule<PodSubject> = (subject) => {
  const {pod, relations} = subject
  const owner = ownerKind(pod) ?? ''
  const kind = own(KINDS, owner)
  if (pod.status?.phase !== 'Succeeded' || !kind) return undefined
  const [knows, left] = [kind.replaces(serverVersionOf(relations.snapshot)), isLeft(pod, relations)]
  const isReplaced = knows && !left
  return podFinding(subject, {
    id: kind.id,
    severity: left ? 'error' : 'warning',
    message: `${nameOf(pod)} has succeeded, and ${isReplaced ? `its ${owner} replaces it` : whyNot(owner, kind, knows, subject)}`,
    since: unreadySince(pod),
    evidence: [`pod/${nameOf(pod)} status.phase=Succeeded`],
    selfHealing: isReplaced ? 'yes' : 'no',
    remedy: isReplaced ? WAIT(pod, owner) : deletion(kind, knows, subject),
  })
}

const WAIT = (pod: Pod, owner: string) =>
  inspect([describePod(pod)], `wait: a new Pod takes its place; if none comes, see what blocks the ${owner}`)

function whyNot(owner: string, {since}: Kind, knows: boolean, {relations}: PodSubject): string {
  const version = relations.snapshot.server?.version
  if (version && !knows) return `${owner}s of Kubernetes ${version} do not replace it`
  if (version) return `its ${owner} has not replaced it, which Kubernetes ${version} does at once`
  return `its ${owner} has not replaced it: controllers ${since} never do`
}

/** A controller that knows better and does nothing may not run at all: nobody creates a new Pod then, either. */
function deletion({id}: Kind, knows: boolean, {pod, relations}: PodSubject): Finding['remedy'] {
  const isIdle = knows && Boolean(relations.snapshot.server?.version)
  const text = isIdle
    ? 'if its Lease shows that kube-controller-manager runs, delete the Pod'
    : 'delete the Pod: its successor comes at once'
  return {
    look: [describePod(pod), ...(isIdle ? [CONTROLLER_MANAGER_LEASE] : [])],
    act: [{text, commands: [deletePod(pod)]}],
    risk: causes[id].risk,
    avoid: '',
    rung: 2,
  }
}
