/** One text per cause, as components of a cluster say it; `NAME` is somebody's name. */

/** Of the API server, when a Pod is to be created. */
export const REFUSALS: Readonly<Record<string, string>> = {
  'create-pvc-being-deleted': 'pvc NAME is being deleted',
  'create-namespace-terminating':
    'pods "a-" is forbidden: unable to create new content in namespace NAME because it is being terminated',
  'create-quota-exceeded': 'pods "a-" is forbidden: exceeded quota: NAME, requested: pods=1',
  'create-quota-needs-requests':
    'pods "a-" is forbidden: failed quota: NAME: must specify limits.cpu for: main',
  'create-quota-scope':
    'insufficient quota to match these scopes: [{PriorityClass In [system-node-critical NAME]}]',
  'create-limitrange': 'pods "a-" is forbidden: maximum cpu usage per Container is 500m, but limit is 1',
  'create-podsecurity': 'pods "a-" is forbidden: violates PodSecurity "restricted:latest": host namespaces',
  'create-scc':
    'pods "a-" is forbidden: unable to validate against any security context constraint: [provider "NAME": Forbidden: not usable by user or serviceaccount]',
  'create-psp': 'pods "a-" is forbidden: PodSecurityPolicy: unable to admit pod: [spec.hostNetwork: NAME]',
  'create-webhook-unreachable': 'Internal error occurred: failed calling webhook "NAME": no endpoints',
  'create-policy-denied':
    "pods \"a-\" is forbidden: ValidatingAdmissionPolicy 'NAME' with binding 'NAME' denied request: no",
  'create-webhook-denied': 'admission webhook "NAME" denied the request: no',
  'create-rbac': 'pods is forbidden: User "NAME" cannot create resource "pods" in API group ""',
  'create-serviceaccount-missing':
    'pods "a-" is forbidden: error looking up service account shop/NAME: serviceaccount "NAME" not found',
  'create-priorityclass-missing': 'pods "a-" is forbidden: no PriorityClass with name NAME was found',
  'create-runtimeclass-missing': 'pods "a-" is forbidden: pod rejected: RuntimeClass "NAME" not found',
  'create-name-too-long':
    'Pod "NAME" is invalid: metadata.labels: Invalid value: "NAME": must be no more than 63 characters',
  'create-pod-invalid': 'Pod "NAME" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "NAME"',
  'create-pvc-failed': 'failed to create PVC NAME: the server is tired',
}

/** Of the scheduler, about the one node that a Pod may run on. */
export const REASONS: Readonly<Record<string, string>> = {
  'sched-insufficient-cpu': 'Insufficient cpu',
  'sched-insufficient-memory': 'Insufficient memory',
  'sched-insufficient-ephemeral-storage': 'Insufficient ephemeral-storage',
  'sched-insufficient-extended': 'Insufficient nvidia.com/gpu',
  'sched-too-many-pods': 'Too many pods',
  'sched-taint': 'node(s) had untolerated taint {NAME: }',
  'sched-node-cordoned': 'node(s) were unschedulable',
  'sched-affinity-terms-conflict': 'pod affinity terms conflict',
  'sched-node-affinity': "node(s) didn't match Pod's node affinity/selector",
  'sched-pv-node-affinity': "node(s) didn't match PersistentVolume's node affinity",
  'sched-pv-zone': 'node(s) had no available volume zone',
  'sched-unbound-immediate-pvc': 'pod has unbound immediate PersistentVolumeClaims',
  'sched-no-pv-to-bind': "node(s) didn't find available persistent volumes to bind",
  'sched-csi-capacity': 'node(s) did not have enough free storage',
  'sched-pv-missing': 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)',
  'sched-pvc-not-found': 'persistentvolumeclaim "NAME" not found',
  'sched-pvc-being-deleted': 'persistentvolumeclaim "NAME" is being deleted',
  'sched-ephemeral-pvc': 'waiting for ephemeral volume controller to create the persistentvolumeclaim "NAME"',
  'sched-max-volumes': 'node(s) exceed max volume count',
  'sched-csi-driver-missing': 'NAME CSI driver is not installed on the node',
  'sched-existing-anti-affinity': "node(s) didn't satisfy existing pods anti-affinity rules",
  'sched-anti-affinity': "node(s) didn't match pod anti-affinity rules",
  'sched-pod-affinity': "node(s) didn't match pod affinity rules",
  'sched-topology-spread': "node(s) didn't match pod topology spread constraints",
  'sched-host-port': "node(s) didn't have free ports for the requested pod ports",
  'sched-rwop-in-use':
    'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
  'sched-disk-conflict': 'node(s) had no available disk',
  'sched-dra': 'cannot allocate all claims',
  'sched-node-features': "node(s) didn't match Pod's required features",
  'sched-no-nodes': 'no nodes available to schedule pods',
}
