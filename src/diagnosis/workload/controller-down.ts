import type {Lease} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {silentSince} from './controller-lease.ts'
import {lagOf} from './lag.ts'
import {type WorkloadSubject, workloadEvidence, workloadText} from './subject.ts'

export const causes = {
  'sts-generation-lag-controller-down': {
    title: 'controller has stopped working',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`metadata.generation` has been ahead of `status.observedGeneration` for more than a minute, and the Lease `kube-controller-manager` in `kube-system` is not being renewed. No set of the cluster moves. Some managed clusters hide that Lease.',
    remedy:
      '`kubectl get lease -n kube-system kube-controller-manager -o yaml`, then repair kube-controller-manager.',
  },
} satisfies Causes

/** Nobody renews the controller manager's Lease: it does not run, and does nothing for any set. */
export function controllerDown(subject: WorkloadSubject, lease?: Lease): Finding | undefined {
  const lag = lagOf(subject)
  const since = silentSince(lease, subject.relations.snapshot.observedAt)
  if (!lag || since === undefined) return undefined
  return {
    id: 'sts-generation-lag-controller-down',
    severity: 'error',
    message: `kube-controller-manager does not run, so nobody works on ${workloadText(subject)}`,
    object: {kind: 'Lease', namespace: 'kube-system', name: 'kube-controller-manager'},
    since,
    evidence: [
      `lease/kube-controller-manager spec.renewTime=${since}`,
      `${workloadEvidence(subject)} ${lag.text}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [
        kubectl('get', 'lease', '-n', 'kube-system', 'kube-controller-manager', '-o', 'yaml'),
        kubectl('get', 'pods', '-n', 'kube-system', '-o', 'wide'),
      ],
      act: [
        {text: 'repair kube-controller-manager: its log or its Pod says why it does not run', commands: []},
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}
