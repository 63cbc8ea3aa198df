import {expect, test} from 'vitest'
import {createCause, refusalText, refusedBecause} from '../../../src/diagnosis/creation/failed-create.ts'

const QUOTA =
  'pods "agent-" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=10, limited: pods=10'

test.for<[string, string, string | undefined]>([
  ['a DaemonSet', `Error creating: ${QUOTA}`, QUOTA],
  ['a DaemonSet after ten such events', `(combined from similar events): Error creating: ${QUOTA}`, QUOTA],
  ['a StatefulSet', `Create Pod quota-0 in StatefulSet quota failed error: ${QUOTA}`, QUOTA],
  ['a StatefulSet of old', `create Pod quota-0 in StatefulSet quota failed error: ${QUOTA}`, QUOTA],
  ['a text of several lines', 'Error creating: a\nb', 'a\nb'],
  ['another event', 'Created pod: agent-x', undefined],
  ['a deletion', 'Error deleting: x', undefined],
  ['nothing', '', undefined],
])('the words of the API server in an event of %s', ([, message, expected]) => {
  expect(refusalText(message)).toBe(expected)
})

test('a quota that is used up: how to look at it, and that it may be there on purpose', () => {
  expect(createCause(QUOTA, 'shop')).toEqual({
    id: 'create-quota-exceeded',
    severity: 'error',
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe resourcequota -n shop compute'],
      act: [{text: 'free what the quota counts, or have it raised', commands: []}],
      avoid: '',
      risk: 'the quota may protect others of the cluster: ask its owner before you raise it',
      rung: 0,
    },
  })
})

/** Texts of 1.37, from upstream's format strings (causes.md 4.2). */
test.for<[string, string, string | undefined]>([
  [
    'create-quota-needs-requests',
    'pods "a-" is forbidden: failed quota: compute: must specify limits.cpu for: main',
    'kubectl describe resourcequota -n shop',
  ],
  [
    'create-quota-needs-requests',
    'pods "a-" is forbidden: status unknown for quota: compute, resources: pods',
    'kubectl describe resourcequota -n shop',
  ],
  [
    'create-quota-scope',
    'insufficient quota to match these scopes: [{PriorityClass In [system-node-critical system-cluster-critical]}]',
    'kubectl get resourcequota -n shop -o yaml',
  ],
  [
    'create-quota-scope',
    'pods "a-" is forbidden: insufficient quota to consume: requests.nvidia.com/gpu',
    'kubectl get resourcequota -n shop -o yaml',
  ],
  [
    'create-limitrange',
    'pods "a-" is forbidden: maximum cpu usage per Container is 500m, but limit is 1',
    'kubectl describe limitrange -n shop',
  ],
  [
    'create-limitrange',
    'pods "a-" is forbidden: minimum memory usage per Pod is 64Mi.  No request is specified',
    'kubectl describe limitrange -n shop',
  ],
  [
    'create-limitrange',
    'pods "a-" is forbidden: cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000',
    'kubectl describe limitrange -n shop',
  ],
  [
    'create-podsecurity',
    'pods "a-" is forbidden: violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true)',
    'kubectl get namespace shop -o yaml',
  ],
  [
    'create-webhook-denied',
    'admission webhook "validate.kyverno.svc-fail" denied the request: resource Pod/shop/a- was blocked',
    'kubectl get clusterpolicies,policies -n shop',
  ],
  [
    'create-webhook-denied',
    'admission webhook "validation.gatekeeper.sh" denied the request: [no-privileged] Privileged container is not allowed: a',
    'kubectl get constraints',
  ],
  [
    'create-webhook-denied',
    'admission webhook "w" denied the request without explanation',
    'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
  ],
  [
    'create-psp',
    'pods "a-" is forbidden: PodSecurityPolicy: unable to admit pod: [spec.volumes[0]: Invalid value: "hostPath": hostPath volumes are not allowed to be used]',
    'kubectl get podsecuritypolicies',
  ],
  [
    'create-psp',
    'pods "a-" is forbidden: unable to validate against any pod security policy: []',
    'kubectl get podsecuritypolicies',
  ],
  [
    'create-scc',
    'pods "a-" is forbidden: unable to validate against any security context constraint: [provider "anyuid": Forbidden: not usable by user or serviceaccount]',
    'kubectl get scc',
  ],
  [
    'create-policy-denied',
    "pods \"a-\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no latest tag",
    'kubectl get validatingadmissionpolicy p -o yaml',
  ],
  [
    'create-webhook-unreachable',
    'Internal error occurred: failed calling webhook "w.example.com": failed to call webhook: Post "https://w.x.svc:443/": no endpoints available for service "w"',
    'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o yaml',
  ],
  [
    'create-serviceaccount-missing',
    'pods "a-" is forbidden: error looking up service account shop/agent: serviceaccount "agent" not found',
    'kubectl get serviceaccounts -n shop',
  ],
  [
    'create-priorityclass-missing',
    'pods "a-" is forbidden: no PriorityClass with name critical was found',
    'kubectl get priorityclass',
  ],
  [
    'create-runtimeclass-missing',
    'pods "a-" is forbidden: pod rejected: RuntimeClass "gvisor" not found',
    'kubectl get runtimeclass',
  ],
  [
    'create-rbac',
    'pods is forbidden: User "system:serviceaccount:kube-system:daemon-set-controller" cannot create resource "pods" in API group "" in the namespace "shop"',
    undefined,
  ],
  [
    'create-pod-invalid',
    'Pod "a-x" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "config"',
    undefined,
  ],
  [
    'create-name-too-long',
    'Pod "a-0" is invalid: metadata.labels: Invalid value: "a-1": must be no more than 63 characters',
    undefined,
  ],
  [
    'create-namespace-terminating',
    'pods "a-" is forbidden: unable to create new content in namespace shop because it is being terminated',
    'kubectl get namespace shop -o yaml',
  ],
  ['create-pvc-being-deleted', 'pvc data-web-0 is being deleted', 'kubectl get pvc -n shop'],
  ['create-pvc-failed', 'failed to create PVC data-web-0: the server is tired', 'kubectl get pvc -n shop'],
  [
    'create-quota-exceeded',
    'failed to create PVC data-web-0: persistentvolumeclaims "data-web-0" is forbidden: exceeded quota: disk, requested: requests.storage=1Gi',
    'kubectl describe resourcequota -n shop disk',
  ],
])('%s: %s', ([id, text, command]) => {
  const cause = createCause(text, 'shop')
  expect(cause?.id).toBe(id)
  expect(cause?.remedy?.look ?? []).toEqual(command ? expect.arrayContaining([command]) : [])
})

test.for([
  [QUOTA, 'ResourceQuota compute is used up'],
  [
    'pods "a-" is forbidden: failed quota: compute: must specify limits.cpu',
    'Quota requires requests or limits',
  ],
  ['admission webhook "w" denied the request without explanation', 'Admission webhook w denies the request'],
  ['denied request: no', 'Admission webhook denies the request'],
  ['the server is tired', 'The API server refuses the Pod'],
  ['exceeded quota: \u001b[31mred, requested: pods=1', 'ResourceQuota ^[[31mred is used up'],
])('what is in the way in “%s”: %s', ([text = '', because]) => {
  expect(refusedBecause(text)).toBe(because)
})

test.for([
  '',
  'the server is currently unable to handle the request',
  'pods "a" already exists',
  'forbidden',
])('nothing is invented about “%s”', (text) => {
  expect(createCause(text, 'shop')).toBeUndefined()
})

test('of a name from a file that a shell would obey there is no command', () => {
  const text = 'exceeded quota: $(reboot), requested: pods=1'
  expect(createCause(text, 'shop')?.remedy?.look).toEqual([''])
})

const adviceOn = (text: string, spec = {}) =>
  createCause(text, 'shop', {spec: {containers: [], ...spec}})
    ?.remedy?.act?.map((way) => way.text)
    .join('\n')

test.for<[string, string, object, string]>([
  [
    'a priority class that no quota admits',
    'insufficient quota to match these scopes: [{PriorityClass In [system-node-critical system-cluster-critical]}]',
    {priorityClassName: 'system-node-critical'},
    'scopeName PriorityClass with system-node-critical',
  ],
  [
    'a class that admission has filled in',
    'insufficient quota to match these scopes: [{PriorityClass In [low high]}]',
    {},
    'with one of low, high',
  ],
  [
    'a quota that is not counted yet',
    'status unknown for quota: compute, resources: pods',
    {},
    'wait a minute',
  ],
  [
    'a constraint of Gatekeeper',
    'admission webhook "validation.gatekeeper.sh" denied the request: [denied by no-root] no root',
    {},
    'satisfy constraint no-root of Gatekeeper',
  ],
  [
    'the account of the template',
    'unable to validate against any security context constraint: []',
    {serviceAccountName: 'db'},
    'service account db of namespace shop',
  ],
  [
    'the account of who names none',
    'PodSecurityPolicy: unable to admit pod: []',
    {},
    'service account default of namespace shop',
  ],
])('the remedy names %s', ([, text, spec, words]) => {
  expect(adviceOn(text, spec)).toContain(words)
})

test.for([
  'pods "a" is forbidden: exceeded quota: compute, requested: pods=1',
  'pods "a" is forbidden: failed quota: compute: must specify limits.cpu for: main',
  'pods "a" is forbidden: violates PodSecurity "restricted:latest": host namespaces',
])('no other kind of policy is made of “%s”', (text) => {
  const others = ['create-quota-scope', 'create-scc', 'create-psp', 'create-webhook-denied']
  expect(others).not.toContain(createCause(text, 'shop')?.id)
})
