import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {SetSubject} from '../subjects.ts'

export const causes = {
  'create-name-not-dns': {
    title: "set's name is no hostname",
    applies: ['StatefulSet'],
    sign: "The name of the set has a dot or another character that a host name can't have, so its Pods can't be created. From 1.27 such a set is refused when it is created.",
    remedy: 'Create a new set with a name of letters, digits and dashes.',
    risk: 'claims have the name of their set: a new set begins with new, empty ones',
  },
  'svc-servicename-invalid': {
    title: 'serviceName is no DNS label',
    applies: ['StatefulSet'],
    sign: '`spec.serviceName` is not a name that DNS allows, so no Pod can be created. From 1.33 such a set is refused when it is created.',
    remedy: '`kubectl delete statefulset <set> --cascade=orphan`, then apply it with a valid name.',
    risk: 'between the two steps nobody replaces a Pod of the set that is lost',
  },
} satisfies Causes

/** RFC 1123: what a Pod's hostname and subdomain must be (validation.IsDNS1123Label). */
function isDnsLabel(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
}

/** A Pod's hostname is its name, so a dot in the set's name makes every Pod invalid. New sets are refused since 1.27. */
export const nameNotDns: Rule<SetSubject> = ({set}) => {
  const name = nameOf(set)
  if (name === '' || isDnsLabel(name)) return undefined
  return {
    id: 'create-name-not-dns',
    severity: 'error',
    message: `The name of StatefulSet ${name} is no DNS label, so its Pods can't have a hostname and are refused`,
    object: {kind: 'StatefulSet', namespace: namespaceOf(set), name},
    evidence: [`statefulset/${name} metadata.name`],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'sts', '-n', namespaceOf(set), name, '-o', 'yaml')],
      act: [{text: 'create it again under a name of small letters, digits and hyphens', commands: []}],
      risk: causes['create-name-not-dns'].risk,
      avoid: '',
      rung: 3,
    },
  }
}

/** It is the Pods' subdomain. New sets are refused since 1.33; an older one stays as it is. */
export const serviceNameInvalid: Rule<SetSubject> = ({set}) => {
  const service = set.spec?.serviceName
  if (!service || isDnsLabel(service)) return undefined
  const [namespace, name] = [namespaceOf(set), nameOf(set)]
  return {
    id: 'svc-servicename-invalid',
    severity: 'error',
    message: `The serviceName ${service} of StatefulSet ${name} is no DNS label, so its Pods are refused`,
    object: {kind: 'StatefulSet', namespace, name},
    evidence: [`statefulset/${name} spec.serviceName=${service}`],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'sts', '-n', namespace, name, '-o', 'yaml')],
      act: [
        {
          text: 'delete the set with --cascade=orphan and apply it again with the name of a headless Service: a serviceName can not be changed in place',
          commands: [],
        },
      ],
      risk: causes['svc-servicename-invalid'].risk,
      avoid: '',
      rung: 3,
    },
  }
}
