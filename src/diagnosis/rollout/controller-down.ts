import type {Lease} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Finding} from '../finding.ts'
import {silentSince} from './controller-lease.ts'
import {lagOf} from './lag.ts'
import {type WorkloadSubject, workloadEvidence, workloadText} from './workload.ts'

/** Nobody renews the controller manager's Lease: it does not run, and does nothing for any set. */
export function controllerDown(subject: WorkloadSubject, lease?: Lease): Finding | undefined {
  const lag = lagOf(subject)
  const since = silentSince(lease, subject.relations.snapshot.observedAt)
  if (!lag || since === undefined) return undefined
  return {
    id: 'sts-generation-lag-controller-down',
    severity: 'error',
    message: `kube-controller-manager does not run: nobody has renewed its Lease since ${since}, and nobody looks at ${workloadText(subject)}`,
    object: {kind: 'Lease', namespace: 'kube-system', name: 'kube-controller-manager'},
    since,
    evidence: [
      `lease/kube-controller-manager spec.renewTime=${since}`,
      `${workloadEvidence(subject)} ${lag.text}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('get', 'lease', '-n', 'kube-system', 'kube-controller-manager', '-o', 'yaml'),
        kubectl('get', 'pods', '-n', 'kube-system', '-o', 'wide'),
      ],
      advice: 'repair kube-controller-manager: its log, or its Pod, says why it does not run',
      danger: '',
      rung: 0,
    },
  }
}
