import type {Section} from './entry.ts'

export const creation: Section = {
  heading: "Pods and claims that can't be created",
  intro:
    'The object is missing: no Pod has the name of the ordinal, or no Pod is meant for the node. The API server has said why to the controller, and the controller repeats it in an event `FailedCreate` on the set, after `failed error:` (StatefulSet) or `Error creating:` (DaemonSet). It retries ever more slowly, up to minutes. A DaemonSet stops a batch at its first failure, so one cause can leave many nodes empty.',
  causes: [
    {
      id: 'create-quota-exceeded',
      title: 'quota is used up',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `exceeded quota:` with the name of the ResourceQuota, and what was requested, used and allowed.',
      remedy:
        '`kubectl describe resourcequota <quota>`; free something, or have the quota raised. The controller goes on by itself.',
      danger: 'The quota may protect others of the cluster: ask its owner before you raise it.',
    },
    {
      id: 'create-quota-needs-requests',
      title: 'quota wants requests or limits',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `failed quota:` and `must specify`, or `insufficient quota`, or `status unknown for quota:`. The quota counts something that the template does not set; the last one only means that the quota has not been computed yet.',
      remedy:
        'Set the requests and limits in the template, or have a LimitRange set them. For `status unknown` wait a minute.',
      danger: '',
    },
    {
      id: 'create-limitrange',
      title: 'outside the LimitRange',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal names a minimum, a maximum or a `max limit to request ratio`, per Pod, container or claim.',
      remedy:
        '`kubectl describe limitrange`, then bring the template within the range or have the range changed.',
      danger: '',
    },
    {
      id: 'create-podsecurity',
      title: 'Pod Security forbids the Pod',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `violates PodSecurity` with the level, and lists the fields that offend.',
      remedy:
        'Change the `securityContext` in the template as the text says, or have the namespace labelled for another level.',
      danger: 'Another level lets every Pod of the namespace do more.',
    },
    {
      id: 'create-webhook-denied',
      title: 'admission webhook says no',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `admission webhook "…" denied the request`. The webhook is reachable, and its policy forbids the Pod or the claim.',
      remedy: 'Satisfy the policy in the template, or ask its owner for an exception.',
      danger: '',
    },
    {
      id: 'create-webhook-unreachable',
      title: "admission webhook can't be reached",
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `failed calling webhook`: a timeout, no endpoints, or a certificate that is not trusted. Nothing that this webhook watches can be made.',
      remedy:
        '`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations`, find the Service of that webhook, and repair its Pods or its certificate.',
      danger:
        'A webhook that is set to ignore failures, or is deleted, checks nothing. It may be down because of this very rollout.',
    },
    {
      id: 'create-serviceaccount-missing',
      title: 'service account does not exist',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `error looking up service account` and `not found`.',
      remedy:
        'Create it with `kubectl create serviceaccount <name>`, or name one that exists in the template.',
      danger: '',
    },
    {
      id: 'create-priorityclass-missing',
      title: 'priority class does not exist',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `no PriorityClass with name`.',
      remedy: '`kubectl get priorityclass`; create it, or name one that exists in the template.',
      danger: 'Pods of a higher priority push others off their nodes.',
    },
    {
      id: 'create-runtimeclass-missing',
      title: 'runtime class does not exist',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `pod rejected: RuntimeClass` and `not found`.',
      remedy: '`kubectl get runtimeclass`; create it, or name one that exists in the template.',
      danger: '',
    },
    {
      id: 'create-pod-invalid',
      title: 'Pod template is invalid',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says that the Pod `is invalid:` and names the field, for instance a mount of a volume that is not there. From 1.34 most of this is refused when the set is written.',
      remedy: 'Correct that field of the template.',
      danger: '',
    },
    {
      id: 'create-name-too-long',
      title: "set's name is too long",
      applies: ['StatefulSet'],
      sign: 'The refusal says `must be no more than 63` about a label: the name of the set with a hash behind it does not fit. Names of more than 52 characters are in danger.',
      remedy: 'Make a new set with a shorter name.',
      danger: 'Claims are found by name: the data must be moved to the claims of the new set.',
    },
    {
      id: 'create-name-not-dns',
      title: "set's name is no hostname",
      applies: ['StatefulSet'],
      sign: "The name of the set has a dot or another character that a host name can't have, so its Pods can't be made. From 1.27 such a set is refused when it is created.",
      remedy: 'Make a new set with a name of letters, digits and dashes.',
      danger: 'Claims are found by name: the data must be moved to the claims of the new set.',
    },
    {
      id: 'create-namespace-terminating',
      title: 'namespace is being deleted',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `because it is being terminated`. For a DaemonSet there is not even an event.',
      remedy:
        '`kubectl get namespace <namespace> -o yaml` tells what its deletion still waits for. A new home needs a new namespace.',
      danger: '',
    },
    {
      id: 'create-pvc-failed',
      title: "claim can't be created",
      applies: ['StatefulSet'],
      sign: 'The set has `create Claim … failed error:` and its Pod `failed to create PVC`. The text behind it says who refuses the claim: a quota, a LimitRange, a webhook, or the template of the claim.',
      remedy:
        "Act on the inner text. The claim template can't be edited: if it is wrong, `kubectl delete statefulset <set> --cascade=orphan` and apply a new one.",
      danger: 'Between deletion and apply nobody looks after the Pods.',
    },
    {
      id: 'create-pvc-being-deleted',
      title: 'claim is being deleted',
      applies: ['StatefulSet'],
      sign: 'The ordinal is missing and the set says `pvc … is being deleted`: the claim has a `deletionTimestamp` and will go. If a Pod exists and is pending, the set says nothing and the scheduler says it instead.',
      remedy:
        'To keep the data, set the reclaim policy of its volume to `Retain` now. Then let the claim go: it goes when no Pod uses it any more.',
      danger:
        "With reclaim policy `Delete` the data goes with the claim, and a deletion can't be taken back.",
    },
    {
      id: 'create-pvc-stale-owner',
      title: 'claim belongs to a former Pod',
      applies: ['StatefulSet'],
      sign: 'The retention policy is `whenScaled: Delete`, the ordinal is missing, and its claim has an owner: a Pod of the same name with another UID. The controller waits until the garbage collector has deleted the claim; no event.',
      remedy:
        'Wait. To keep the data, take that entry out of `metadata.ownerReferences` of the claim before the collector comes.',
      danger: 'Whichever you do decides the fate of the data.',
    },
    {
      id: 'create-rbac',
      title: 'controller lacks a right',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The refusal says `is forbidden: User "system:serviceaccount:kube-system:…" cannot`. The controller has lost a right that it has by default.',
      remedy: 'Restore the `system:` roles and bindings; a restart of the API server reconciles them.',
      danger: '',
    },
    {
      id: 'ds-create-failed',
      title: "daemon Pods can't be created",
      applies: ['DaemonSet'],
      sign: 'A node should run a Pod and has none, and the DaemonSet has `FailedCreate` with a text that no `create-` cause knows.',
      remedy:
        'Act on the text in the event. One refusal can leave many nodes empty: the controller stops a batch at the first.',
      danger: '',
    },
  ],
}
