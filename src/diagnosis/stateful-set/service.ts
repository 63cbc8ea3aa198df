import {hasLabels} from '../../model/labels.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import type {SetSubject} from '../subjects.ts'

type Labels = Readonly<Record<string, string>>

/** No controller checks the governing Service; only the Pods' DNS names suffer. Whoever deletes the set may delete both. */
function governing({set, relations}: SetSubject) {
  const name = set.spec?.serviceName
  const namespace = namespaceOf(set)
  if (!name || set.metadata?.deletionTimestamp || !relations.sees('services')) return undefined
  return {name, namespace, service: relations.service(namespace, name)}
}

const serviceMissing: Rule<SetSubject> = (subject) => {
  const target = governing(subject)
  if (!target || target.service) return undefined
  const {name, namespace} = target
  return serviceFinding(subject, name, {
    id: 'svc-missing',
    severity: 'error',
    message: `Service ${namespace}/${name}, which governs the set, does not exist: its Pods have no DNS names`,
    evidence: [`statefulset/${nameOf(subject.set)} spec.serviceName=${name}`, `service/${name} not found`],
    remedy: create(subject, name),
  })
}

/** Whatever the command makes selects `app=<its name>`, so without the right labels it is no use. */
function create(subject: SetSubject, name: string): Finding['remedy'] {
  const wanted = wantedSelector(subject)
  if (wanted === '') {
    return {
      commands: [],
      advice: `create a headless Service ${name} (clusterIP: None) whose selector fits the set's Pods: their template has no labels to take it from`,
      danger: '',
      rung: 0,
    }
  }
  const made = kubectl(
    'create',
    'service',
    'clusterip',
    name,
    '-n',
    namespaceOf(subject.set),
    '--clusterip=None',
  )
  return {
    commands: [made, ...(wanted === `app=${name}` ? [] : select(subject, name))],
    danger: '',
    rung: 1,
  }
}

const selectorMismatch: Rule<SetSubject> = (subject) => {
  const target = governing(subject)
  const selector = target?.service?.spec?.selector
  const labels = subject.set.spec?.template?.metadata?.labels
  if (!target || !selector || Object.keys(selector).length === 0 || hasLabels(labels, selector))
    return undefined
  return serviceFinding(subject, target.name, {
    id: 'svc-selector-mismatch',
    severity: 'error',
    message: `Service ${target.namespace}/${target.name} does not select the set's Pods: it publishes none of them`,
    evidence: [
      `service/${target.name} spec.selector ${pairs(selector)}`,
      `Pod template labels ${pairs(labels ?? {})}`,
    ],
    remedy: reselect(subject, target.name, selector),
  })
}

/** The Service may be another set's, named here by mistake: what it serves now must not lose it. */
function reselect(subject: SetSubject, name: string, selector: Labels): Finding['remedy'] {
  const look = kubectl('get', 'pods', '-n', namespaceOf(subject.set), '-l', pairs(selector))
  const served = servedPods(subject, selector)
  if (served.length === 0) {
    return {
      commands: [look, ...select(subject, name)],
      danger:
        'Pods that the Service selects now, if the first command shows any, lose their names and its traffic',
      rung: 1,
    }
  }
  return {
    commands: [look],
    advice: `leave its selector alone, it serves ${fewText(served)}: give this set a headless Service of its own (serviceName can't be changed in place: re-create the set with --cascade=orphan), or select by a label that the Pods of both have`,
    danger: 'with another selector the Pods that it serves now lose their names and its traffic',
    rung: 0,
  }
}

function servedPods({set, relations}: SetSubject, selector: Labels): readonly string[] {
  return relations.snapshot.pods
    .filter((pod) => namespaceOf(pod) === namespaceOf(set) && hasLabels(pod.metadata?.labels, selector))
    .map((pod) => `Pod ${nameOf(pod)}`)
}

const notHeadless: Rule<SetSubject> = (subject) => {
  const target = governing(subject)
  const address = target?.service?.spec?.clusterIP
  if (!target?.service || address === 'None') return undefined
  return serviceFinding(subject, target.name, {
    id: 'svc-not-headless',
    severity: 'warning',
    message: `Service ${target.namespace}/${target.name}, which governs the set, is not headless: its name leads to any Pod, not to all of them`,
    evidence: [
      `service/${target.name} spec.type=${target.service.spec?.type ?? 'ClusterIP'}, clusterIP=${address || '<none>'}`,
    ],
    remedy: {
      commands: [kubectl('get', 'service', '-n', target.namespace, target.name, '-o', 'yaml')],
      advice: "clusterIP can't be changed in place: delete the Service and create it with clusterIP None",
      danger: 'clients of its address lose it',
      rung: 1,
    },
  })
}

/** Gives the Service the labels that the set itself knows its Pods by. */
function select(subject: SetSubject, service: string): readonly string[] {
  const wanted = wantedSelector(subject)
  if (wanted === '') return []
  return [kubectl('set', 'selector', 'service', service, '-n', namespaceOf(subject.set), wanted)]
}

/** Where the set selects by expressions alone, the Pod template's labels: they satisfy it. */
function wantedSelector({set: {spec}}: SetSubject): string {
  const matched = pairs(spec?.selector?.matchLabels ?? {})
  return matched === '' ? pairs(spec?.template?.metadata?.labels ?? {}) : matched
}

function serviceFinding(
  {set}: SetSubject,
  name: string,
  finding: Omit<Finding, 'object' | 'selfHealing'>,
): Finding {
  return {...finding, object: {kind: 'Service', namespace: namespaceOf(set), name}, selfHealing: 'no'}
}

function pairs(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}

/** What is wrong with the Service that gives the Pods their names. */
export const service: Rule<SetSubject> = firstCause([serviceMissing, selectorMismatch, notHeadless])
