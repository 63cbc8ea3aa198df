import {kubectl} from '../kubectl-command.ts'
import {advise, inspectKind, passing, type Refusals, type Refused, refusal} from './refusal.ts'

function scopeWays(text: string, template: Refused['template']): readonly string[] {
  const classes = /PriorityClass In \[(?<names>[^\]]*)\]/i.exec(text)?.groups?.names
  if (classes === undefined)
    return [
      'have a ResourceQuota created in this namespace that covers what the text names, or request it no more',
    ]
  const named = template?.spec?.priorityClassName ?? `one of ${classes.split(' ').join(', ')}`
  return [
    'name another priorityClassName in the template',
    `have a ResourceQuota created in this namespace whose spec.scopeSelector has scopeName PriorityClass with ${named}`,
  ]
}

/** The namespace allows no more, or not this much. */
export const LIMITS = {
  'create-quota-exceeded': {
    title: 'quota is used up',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `exceeded quota:` with the name of the ResourceQuota, and what was requested, used and allowed.',
    remedy:
      '`kubectl describe resourcequota <quota>`; free something, or have the quota raised. The controller goes on by itself.',
    risk: 'the quota may protect others of the cluster: ask its owner before you raise it',
    because: (name) => `ResourceQuota ${name} is used up`,
    ...passing(/exceeded quota: (?<name>[^,\s]+)/i, ({namespace, name}) =>
      advise(
        [kubectl('describe', 'resourcequota', '-n', namespace, name)],
        'free what the quota counts, or have it raised',
      ),
    ),
  },
  'create-quota-scope': {
    title: 'no quota admits such Pods',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `insufficient quota to match these scopes:` with the scope, mostly some priority classes, or `insufficient quota to consume:`. The API server lets such Pods into a namespace only where a ResourceQuota for them allows it, as GKE does for `system-node-critical` and `system-cluster-critical` outside of `kube-system`.',
    remedy:
      'Have a ResourceQuota created in that namespace whose `scopeSelector` names the priority class, or name another class in the template.',
    risk: 'Pods of a system class preempt others on their nodes: a quota for it should allow no more than the set needs',
    ...refusal(/insufficient quota to (match these scopes|consume): /i, ({namespace, text, template}) =>
      advise([kubectl('get', 'resourcequota', '-n', namespace, '-o', 'yaml')], ...scopeWays(text, template)),
    ),
  },
  'create-quota-needs-requests': {
    title: 'quota requires requests or limits',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `failed quota:` and `must specify`: the quota counts something that the template does not set. `status unknown for quota:` only means that the quota has not been computed yet.',
    remedy:
      'Set the requests and limits in the template, or have a LimitRange set them. For `status unknown` wait a minute.',
    ...passing(/failed quota: |status unknown for quota: /i, (refused) =>
      inspectKind(
        'describe',
        'resourcequota',
        /status unknown for quota/i.test(refused.text)
          ? 'wait a minute: the quota has not been counted yet; if that lasts, see whether kube-controller-manager works'
          : 'set the requests and limits that the quota counts in the template, or have a LimitRange set them',
      )(refused),
    ),
  },
  'create-limitrange': {
    title: 'request is outside the LimitRange',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal names a minimum, a maximum or a `max limit to request ratio`, per Pod, container or claim.',
    remedy:
      '`kubectl describe limitrange`, then bring the template within the range or have the range changed.',
    ...refusal(
      /(minimum|maximum) \S+ usage per |max limit to request ratio per |enforcing limit ranges/i,
      inspectKind(
        'describe',
        'limitrange',
        'bring the requests and limits of the template within that range, or have the range changed',
      ),
    ),
  },
} satisfies Refusals

export const QUOTA_EXCEEDED = 'create-quota-exceeded' satisfies keyof typeof LIMITS
