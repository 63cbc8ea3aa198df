import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {SetSubject} from '../subjects.ts'
import {governing, select, serviceFinding, wantedSelector} from './service-facts.ts'
import {selectorMismatch} from './service-selector.ts'

export const causes = {
  'svc-missing': {
    title: 'governing Service is missing',
    applies: ['StatefulSet'],
    sign: '`spec.serviceName` names a Service that is not in the namespace. The Pods run, and have no names of their own in DNS.',
    remedy: 'Create a headless Service of that name that selects the Pods.',
    rank: 'aside',
  },
  'svc-not-headless': {
    title: 'governing Service has a VIP',
    applies: ['StatefulSet'],
    sign: "The Service has a cluster IP: its name leads to that, not to the Pods. Names of single Pods are promised for headless Services alone; CoreDNS serves them all the same, kube-dns does not. `clusterIP` can't be changed.",
    remedy:
      'Give clients that use its address a second Service first; then delete this one and create it with `clusterIP: None`.',
    risk: 'clients of its address lose it',
    rank: 'aside',
  },
} satisfies Causes

const serviceMissing: Rule<SetSubject> = (subject) => {
  const target = governing(subject)
  if (!target || target.service) return undefined
  const {name} = target
  return serviceFinding(subject, name, {
    id: 'svc-missing',
    severity: 'error',
    message: `Service ${name}, which governs the set, does not exist, so its Pods have no DNS names`,
    evidence: [`statefulset/${nameOf(subject.set)} spec.serviceName=${name}`, `service/${name} not found`],
    remedy: create(subject, name),
  })
}

/** Whatever Service the command creates selects `app=<its name>`, so without the right labels it is no use. */
function create(subject: SetSubject, name: string): Finding['remedy'] {
  const wanted = wantedSelector(subject)
  if (wanted === '') {
    return {
      look: [],
      act: [
        {
          text: `create a headless Service ${name} (clusterIP: None) whose selector fits the set's Pods: their template has no labels to take it from`,
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    }
  }
  const creation = kubectl(
    'create',
    'service',
    'clusterip',
    name,
    '-n',
    namespaceOf(subject.set),
    '--clusterip=None',
  )
  return {
    look: [kubectl('get', 'services', '-n', namespaceOf(subject.set))],
    act: [
      {
        text: 'only if no Service of another name was meant (then it is serviceName that is misspelt): create it',
        commands: [creation, ...(wanted === `app=${name}` ? [] : select(subject, name))],
      },
    ],
    risk: '',
    avoid: '',
    rung: 1,
  }
}

const notHeadless: Rule<SetSubject> = (subject) => {
  const target = governing(subject)
  const address = target?.service?.spec?.clusterIP
  if (!target?.service || address === 'None') return undefined
  return serviceFinding(subject, target.name, {
    id: 'svc-not-headless',
    severity: 'warning',
    message: `Service ${target.name}, which governs the set, is not headless: its name leads to any Pod, not to all of them`,
    evidence: [
      `service/${target.name} spec.type=${target.service.spec?.type ?? 'ClusterIP'}, clusterIP=${address || '<none>'}`,
    ],
    remedy: {
      look: [kubectl('get', 'service', '-n', target.namespace, target.name, '-o', 'yaml')],
      act: [
        {
          text: "give the clients of its address a second Service first; then delete this one and create it with clusterIP None, which can't be changed in place",
          commands: [],
        },
      ],
      risk: causes['svc-not-headless'].risk,
      avoid: '',
      rung: 1,
    },
  })
}

/** What is wrong with the Service that gives the Pods their names. */
export const service: Rule<SetSubject> = firstCause([serviceMissing, selectorMismatch, notHeadless])
