import {kubectl} from '../command-line.ts'
import {advise, passing, type Refusal, refusal} from './refusal.ts'

const WEBHOOKS = 'validatingwebhookconfigurations,mutatingwebhookconfigurations'

/** Somebody's rule forbids it, or who should judge it can't be reached. */
export const POLICIES: readonly Refusal[] = [
  refusal(
    'create-podsecurity',
    /violates PodSecurity |unable to validate against any (pod security policy|security context constraint)/i,
    (namespace) =>
      advise(
        [kubectl('get', 'namespace', namespace, '-o', 'yaml')],
        'change the securityContext in the template as the text says, or have the namespace labelled for another level',
        'another level lets every Pod of the namespace do more',
      ),
  ),
  passing('create-webhook-unreachable', /failed calling webhook "(?<name>[^"]+)"/i, (_, name) =>
    advise(
      [kubectl('get', WEBHOOKS, '-o', 'yaml')],
      `find the Service or URL of webhook ${name} there, and repair its Pods, its Service or its certificate`,
      'a webhook that is taken out of the way checks nothing: whatever it forbids gets in',
    ),
  ),
  refusal('create-webhook-denied', /admission webhook "[^"]+" denied the request|denied request: /i, () =>
    advise([], 'make the template satisfy the policy, or ask its owner for an exception'),
  ),
  refusal('create-rbac', /is forbidden: User "[^"]+" cannot /i, () =>
    advise([], 'the controller lacks a right that it has by default: restore the system: roles and bindings'),
  ),
]
