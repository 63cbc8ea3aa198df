import type {V1Container, V1PodSpec, V1PodTemplateSpec, V1Probe} from '@kubernetes/client-node'
import {claimSpec} from './claim-spec.ts'
import type {Fields} from './projection.ts'

/** How long it may take, not what it asks. */
const probe = {
  initialDelaySeconds: true,
  periodSeconds: true,
  failureThreshold: true,
  timeoutSeconds: true,
} as const satisfies Fields<V1Probe>

/** Passwords hide in its environment, command and arguments: nobody reads these. */
const container = {
  name: true,
  image: true,
  restartPolicy: true,
  ports: true,
  resources: true,
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  // whether there is a hook, not what it runs
  lifecycle: {preStop: {}},
} as const satisfies Fields<V1Container>

/** What says where a Pod may go, what it needs there and what it mounts. */
export const podSpec = {
  nodeName: true,
  nodeSelector: true,
  affinity: true,
  tolerations: true,
  hostNetwork: true,
  schedulerName: true,
  schedulingGates: true,
  overhead: true,
  resources: true,
  terminationGracePeriodSeconds: true,
  restartPolicy: true,
  imagePullSecrets: true,
  readinessGates: true,
  priorityClassName: true,
  priority: true,
  hostname: true,
  subdomain: true,
  securityContext: {fsGroup: true, fsGroupChangePolicy: true},
  containers: {fields: container, empty: []},
  initContainers: container,
  volumes: {
    name: true,
    persistentVolumeClaim: true,
    ephemeral: {volumeClaimTemplate: {spec: claimSpec}},
    emptyDir: true,
    // where on the node: it tells network plugins and storage drivers
    hostPath: {path: true},
  },
} as const satisfies Fields<V1PodSpec>

/** What a workload creates its Pods from. */
export const podTemplate = {
  fields: {
    metadata: {labels: true},
    spec: {
      fields: {
        ...podSpec,
        serviceAccountName: true,
        topologySpreadConstraints: {
          topologyKey: true,
          whenUnsatisfiable: true,
          maxSkew: true,
          labelSelector: true,
        },
      },
      empty: {},
    },
  },
  empty: {},
} as const satisfies Fields<V1PodTemplateSpec>
