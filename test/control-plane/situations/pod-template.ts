import type {
  V1Container,
  V1PersistentVolumeClaim,
  V1PodSpec,
  V1PodTemplateSpec,
} from '@kubernetes/client-node'

export interface PodTemplateOptions {
  readonly image?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  readonly initContainers?: readonly V1Container[]
  /** Anything else of the Pod's spec: affinity, tolerations, nodeSelector, further containers… */
  readonly podSpec?: Partial<V1PodSpec>
}

export function podTemplate(
  name: string,
  options: PodTemplateOptions,
  claims: readonly V1PersistentVolumeClaim[] = [],
): V1PodTemplateSpec {
  const {image = 'registry.example/db:1', annotations, labels, initContainers = [], podSpec} = options
  const volumeMounts = claims.map(({metadata}) => ({
    name: metadata?.name ?? '',
    mountPath: `/${metadata?.name}`,
  }))
  return {
    metadata: {labels: {app: name, ...labels}, annotations: {...annotations}},
    spec: {
      initContainers: [...initContainers],
      containers: [{name: 'app', image, volumeMounts}],
      ...podSpec,
    },
  }
}

export function initContainer(name = 'init', image = 'registry.example/init:1'): V1Container {
  return {name, image}
}
