import {kubectl} from '../kubectl-command.ts'
import {advise, inspectKind, passing, type Refusals, refusal, type Steps} from './refusal.ts'

/** A misspelt name is the likelier mistake. */
function createAccount(namespace: string, name: string): Steps {
  const create = kubectl('create', 'serviceaccount', '-n', namespace, name)
  return {
    look: [kubectl('get', 'serviceaccounts', '-n', namespace)],
    act: [
      {text: 'if another one was meant, correct its name in the template', commands: []},
      {
        text: 'only if this one is missing, create it, and give it the rights that the Pods need: a new one has none',
        commands: [create],
      },
    ],
    rung: 1,
  }
}

const CREATE_OR_RENAME = 'create it, or name one that exists in the template'

/** Something that the template names is not there, or the template makes no sense. */
export const REFERENCES = {
  'create-serviceaccount-missing': {
    title: 'service account does not exist',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `error looking up service account` and `not found`.',
    remedy:
      '`kubectl get serviceaccounts`: correct its name in the template if it is misspelt; if not, create it, with the rights that the Pods need.',
    because: (name) => `ServiceAccount ${name} does not exist`,
    ...refusal(
      /looking up service account [^/\s]+\/(?<name>[^:\s]+): serviceaccount "[^"]+" not found/i,
      ({namespace, name}) => createAccount(namespace, name),
    ),
  },
  'create-priorityclass-missing': {
    title: 'priority class does not exist',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `no PriorityClass with name`.',
    remedy: '`kubectl get priorityclass`; create it, or name one that exists in the template.',
    risk: 'Pods of a higher priority preempt others on their nodes',
    because: (name) => `PriorityClass ${name} does not exist`,
    ...refusal(/no PriorityClass with name (?<name>\S+) was found/i, () =>
      advise([kubectl('get', 'priorityclass')], CREATE_OR_RENAME),
    ),
  },
  'create-runtimeclass-missing': {
    title: 'runtime class does not exist',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says `pod rejected: RuntimeClass` and `not found`.',
    because: (name) => `RuntimeClass ${name} does not exist`,
    remedy: '`kubectl get runtimeclass`; create it, or name one that exists in the template.',
    ...refusal(/RuntimeClass "(?<name>[^"]+)" not found/i, () =>
      advise([kubectl('get', 'runtimeclass')], CREATE_OR_RENAME),
    ),
  },
  'create-name-too-long': {
    title: "set's name is too long",
    applies: ['StatefulSet'],
    sign: 'The refusal says `must be no more than 63` about a label: the name of the set with a hash behind it does not fit. Names of more than 52 characters are at risk.',
    remedy: 'Create a new set with a shorter name.',
    risk: 'claims have the name of their set: a new set begins with new, empty ones',
    ...refusal(/is invalid:.*must be no more than 63 (characters|bytes)/is, () =>
      advise([], 'recreate the set with a shorter name'),
    ),
  },
  'create-pvc-failed': {
    title: "claim can't be created",
    applies: ['StatefulSet'],
    sign: 'The set has `create Claim … failed error:` and its Pod `failed to create PVC`. The text behind it says who refuses the claim: a quota, a LimitRange, a webhook, or the template of the claim.',
    remedy:
      "Act on the inner text. The claim template can't be edited: if it is wrong, `kubectl delete statefulset <set> --cascade=orphan` and apply a new one.",
    risk: 'between the two steps nobody replaces a Pod of the set that is lost',
    ...passing(
      /^(failed to create PVC|create claim|PersistentVolumeClaim "[^"]+" is invalid:) /i,
      inspectKind(
        'get',
        'pvc',
        'act on the text of the refusal',
        "only if the claim template is wrong, delete the set with --cascade=orphan and apply it with a better one: a claim template can't be edited",
      ),
    ),
  },
  'create-pod-invalid': {
    title: 'Pod template is invalid',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The refusal says that the Pod `is invalid:` and names the field, for instance a mount of a volume that is not there. From 1.34 most of this is refused when the set is written.',
    remedy: 'Correct that field of the template.',
    ...refusal(/is invalid: /i, () => advise([], 'fix the Pod template')),
  },
} satisfies Refusals
