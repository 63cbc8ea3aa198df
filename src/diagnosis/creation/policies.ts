import {kubectl} from '../kubectl-command.ts'
import {advise, passing, type Refusals, refusal, type Steps} from './refusal.ts'
import {SECURITY} from './security.ts'
import {RISK} from './webhook-pods.ts'

/** Whose webhook it is tells where its rules are, and who may make an exception. */
function webhookSteps(webhook: string, text: string, namespace: string): Steps {
  if (/gatekeeper/i.test(webhook)) {
    const constraint = /\[(?:denied by )?([^[\]\s]+)\]/.exec(text)?.[1]
    const which = constraint ? `constraint ${constraint} of Gatekeeper` : 'the constraint of Gatekeeper'
    return advise(
      [kubectl('get', 'constraints')],
      `make the template satisfy ${which}`,
      `ask the owner of the constraint to leave out namespace ${namespace} (spec.match.excludedNamespaces)`,
    )
  }
  if (/kyverno/i.test(webhook)) {
    return advise(
      [kubectl('get', 'clusterpolicies,policies', '-n', namespace)],
      'make the template satisfy the rule of Kyverno that the text names',
      'ask the owner of that policy for a PolicyException',
    )
  }
  return advise(
    [kubectl('get', WEBHOOKS)],
    'make the template satisfy the policy',
    `ask its owner for an exception${webhook ? `: webhook ${webhook} belongs to one of these configurations` : ''}`,
  )
}

const WEBHOOKS = 'validatingwebhookconfigurations,mutatingwebhookconfigurations'

/** Somebody's rule forbids it, or the webhook that should judge it can't be reached. */
export const POLICIES = {
  ...SECURITY,
  'create-webhook-unreachable': {
    title: "admission webhook can't be reached",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `failed calling webhook`: a timeout, no endpoints, or a certificate that is not trusted. Nothing that this webhook watches can be created.',
    remedy:
      '`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations`, find the Service of that webhook, and repair its Pods or its certificate. Where its own Pods wait for what it refuses, such as a network plugin, or nothing runs behind it any more: save the configuration, delete it for now, and exclude that namespace by its `namespaceSelector` before you apply it again.',
    risk: RISK,
    because: (name) => `Admission webhook ${name} can't be reached`,
    ...passing(/failed calling webhook "(?<name>[^"]+)"/i, ({name}) =>
      advise(
        [kubectl('get', WEBHOOKS, '-o', 'yaml')],
        `find the Service or URL of webhook ${name} there, and repair its Pods, its Service or its certificate`,
      ),
    ),
  },
  'create-policy-denied': {
    title: 'admission policy denies the request',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The refusal says `ValidatingAdmissionPolicy '…' with binding '…' denied request:` and which rule of the policy the Pod or the claim breaks. No webhook is asked: the API server judges it itself (by default from 1.30).",
    remedy:
      '`kubectl get validatingadmissionpolicy <policy> -o yaml` shows its rules. Satisfy them in the template, or ask the owner of the policy for an exception in its binding.',
    risk: 'a changed or deleted binding lets in whatever else the policy forbids',
    because: (name) => `ValidatingAdmissionPolicy ${name} denies the request`,
    ...refusal(/ValidatingAdmissionPolicy '(?<name>[^']+)' with binding '[^']+' denied request/i, ({name}) =>
      advise(
        [kubectl('get', 'validatingadmissionpolicy', name, '-o', 'yaml')],
        'make the template satisfy the policy',
        'ask its owner for an exception in its binding',
      ),
    ),
  },
  'create-webhook-denied': {
    title: 'admission webhook denies the request',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `admission webhook "…" denied the request`. The webhook is reachable, and its policy forbids the Pod or the claim; `validation.gatekeeper.sh` names the constraint in brackets, `validate.kyverno.svc-fail` the policy and its rule.',
    remedy:
      'Satisfy the policy in the template, or ask its owner for an exception: `kubectl get constraints` lists those of Gatekeeper, `kubectl get clusterpolicies,policies -A` those of Kyverno.',
    because: (name) => `Admission webhook ${name} denies the request`,
    ...refusal(
      /admission webhook "(?<name>[^"]+)" denied the request|denied request: /i,
      ({name, text, namespace}) => webhookSteps(name, text, namespace),
    ),
  },
  'create-rbac': {
    title: 'controller lacks a right',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `is forbidden: User "system:serviceaccount:kube-system:…" cannot`. The controller has lost a right that it has by default.',
    remedy: 'Restore the `system:` roles and bindings; a restart of the API server reconciles them.',
    ...refusal(/is forbidden: User "[^"]+" cannot /i, () =>
      advise(
        [],
        'restore the system: roles and bindings: the controller lacks a right that it has by default',
      ),
    ),
  },
} satisfies Refusals
