import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {SetSubject} from '../subjects.ts'

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
    message: `The name of StatefulSet ${namespaceOf(set)}/${name} is no DNS label, so its Pods can't have a hostname and are refused`,
    object: {kind: 'StatefulSet', namespace: namespaceOf(set), name},
    evidence: [`statefulset/${name} metadata.name`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'sts', '-n', namespaceOf(set), name, '-o', 'yaml')],
      advice: 'make it anew under a name of small letters, digits and hyphens',
      danger: 'claims bear the name of their set: a new set begins with new, empty ones',
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
    message: `The serviceName ${service} of StatefulSet ${namespace}/${name} is no DNS label, so its Pods are refused`,
    object: {kind: 'StatefulSet', namespace, name},
    evidence: [`statefulset/${name} spec.serviceName=${service}`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'sts', '-n', namespace, name, '-o', 'yaml')],
      advice:
        "serviceName can't be changed in place: delete the set with --cascade=orphan and apply it again with the name of a headless Service",
      danger: 'between the two steps nobody replaces a Pod of the set that is lost',
      rung: 3,
    },
  }
}
