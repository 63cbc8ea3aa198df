import {namespaceOf} from '../../model/objects.ts'
import {isWell} from '../../model/pod.ts'
import type {Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {SetSubject} from '../subjects.ts'

export type Labels = Readonly<Record<string, string>>

/** No controller checks the governing Service; only the Pods' DNS names suffer. Whoever deletes the set may delete both. */
export function governing({set, relations}: SetSubject) {
  const name = set.spec?.serviceName
  const namespace = namespaceOf(set)
  if (!name || set.metadata?.deletionTimestamp || !relations.sees('services')) return undefined
  return {name, namespace, service: relations.service(namespace, name)}
}

/** Gives the Service the labels that the set itself knows its Pods by. */
export function select(subject: SetSubject, service: string): readonly string[] {
  const wanted = wantedSelector(subject)
  if (wanted === '') return []
  return [kubectl('set', 'selector', 'service', service, '-n', namespaceOf(subject.set), wanted)]
}

/** Where the set selects by expressions alone, the Pod template's labels: they satisfy it. */
export function wantedSelector({set: {spec}}: Pick<SetSubject, 'set'>): string {
  const matched = pairs(spec?.selector?.matchLabels ?? {})
  return matched === '' ? pairs(spec?.template?.metadata?.labels ?? {}) : matched
}

/** Finding about the Service; while all Pods work, nobody seems to need their names. */
export function serviceFinding(
  {set, ordinals}: SetSubject,
  name: string,
  finding: Omit<Finding, 'object' | 'selfHealing'> & Partial<Pick<Finding, 'selfHealing'>>,
): Finding {
  const areWell = ordinals.every(({state, pod}) => state !== 'desired' || (pod && isWell(pod)))
  const severity = areWell && finding.severity === 'error' ? 'warning' : finding.severity
  const object = {kind: 'Service', namespace: namespaceOf(set), name}
  return {...finding, severity, object, selfHealing: finding.selfHealing ?? 'no'}
}

export function pairs(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}
