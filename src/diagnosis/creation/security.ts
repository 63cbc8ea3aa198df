import {kubectl} from '../kubectl-command.ts'
import {accountOf, advise, type Refusals, refusal} from './refusal.ts'

/** Who limits what a Pod may do on its node differs by cluster and by version. */
export const SECURITY = {
  'create-podsecurity': {
    title: 'Pod Security forbids the Pod',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `violates PodSecurity` with the level, and lists the fields that violate it.',
    remedy:
      'Change the `securityContext` in the template as the text says, or have the namespace labelled for another level.',
    risk: 'another level lets every Pod of the namespace do more',
    because: (name) => `Pod Security (${name}) forbids the Pod`,
    ...refusal(/violates PodSecurity "(?<name>[^":]+)/i, ({namespace, name}) =>
      advise(
        [kubectl('get', 'namespace', namespace, '-o', 'yaml')],
        'change the securityContext in the template as the text says',
        `if the Pods need the node itself, as agents do, have the namespace labelled for another level than ${name} (pod-security.kubernetes.io/enforce), or move them to a namespace that is`,
      ),
    ),
  },
  'create-scc': {
    title: 'OpenShift SCC forbids the Pod',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `unable to validate against any security context constraint` and lists each of them: those that the service account may not use, and for the others which field they forbid. OpenShift gives each namespace its own range of user ids and groups.',
    remedy:
      'Remove `runAsUser`, `runAsGroup` and `fsGroup` from the template, so that OpenShift fills in those of the namespace; or have an administrator let the service account use an SCC that allows them.',
    risk: 'an SCC that an account may use holds for every Pod that runs as that account: take the narrowest one that is enough',
    ...refusal(/unable to validate against any security context constraint/i, (refused) =>
      advise(
        [kubectl('get', 'scc'), kubectl('get', 'namespace', refused.namespace, '-o', 'yaml')],
        "remove the refused ids from the template: OpenShift fills in some of the namespace's own range (openshift.io/sa.scc.uid-range)",
        `if the image needs these ids, have an administrator let service account ${accountOf(refused)} of namespace ${refused.namespace} use an SCC that allows them`,
      ),
    ),
  },
  'create-psp': {
    title: 'PodSecurityPolicy forbids the Pod',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'Up to 1.24: the refusal says `PodSecurityPolicy: unable to admit pod`, before 1.20 `unable to validate against any pod security policy`. An empty list means that the account of the Pods may use no policy at all.',
    remedy:
      'Remove from the template what the text names, or let the service account of the Pods `use` a policy that allows it, with a Role and a RoleBinding.',
    risk: 'a policy that an account may use holds for every Pod that runs as that account',
    ...refusal(
      /PodSecurityPolicy: unable to |unable to validate against any pod security policy/i,
      (refused) =>
        advise(
          [
            kubectl('get', 'podsecuritypolicies'),
            kubectl('get', 'rolebindings', '-n', refused.namespace, '-o', 'wide'),
          ],
          'remove from the template what is refused',
          `if the Pods need it, have service account ${accountOf(refused)} of namespace ${refused.namespace} allowed to use a policy that admits it (verb use, with a Role and a RoleBinding)`,
        ),
    ),
  },
} satisfies Refusals
