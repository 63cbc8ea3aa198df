import {namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import {type WorkloadSubject, workloadEvidence, workloadReference, workloadText} from './workload.ts'

/** Somebody else writes the set: what a person changes in it is soon changed back. */
export const ownedByOperator: Rule<WorkloadSubject> = (subject) => {
  const {set} = subject
  const owner = set.metadata?.ownerReferences?.find(({controller}) => controller === true)
  if (!owner) return undefined
  const {kind = '', name = ''} = owner
  const apiVersion = owner.apiVersion ?? ''
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : [undefined, apiVersion]
  const resource = group ? `${kind}.${version}.${group}` : kind
  return {
    id: 'sts-owned-by-operator',
    severity: 'info',
    message: `${workloadText(subject)} belongs to ${kind} ${name}: a change of the set itself may be taken back, so change its owner`,
    object: workloadReference(subject),
    evidence: [
      `${workloadEvidence(subject)} metadata.ownerReferences: ${kind} ${name} (${apiVersion}) is its controller`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', resource, '-n', namespaceOf(set), name, '-o', 'yaml')],
      advice: 'do there what is advised for the set; Pods may be deleted all the same',
      danger: '',
      rung: 0,
    },
  }
}
