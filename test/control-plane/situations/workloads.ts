import type {
  V1DaemonSet,
  V1DaemonSetSpec,
  V1Deployment,
  V1DeploymentSpec,
  V1PersistentVolumeClaim,
  V1Service,
  V1StatefulSet,
  V1StatefulSetSpec,
} from '@kubernetes/client-node'
import {type PodTemplateOptions, podTemplate} from './pod-template.ts'

interface WorkloadOptions extends PodTemplateOptions {
  readonly name?: string
  readonly namespace?: string
}

export interface StatefulSetOptions extends WorkloadOptions {
  readonly replicas?: number
  readonly claims?: readonly V1PersistentVolumeClaim[]
  /** The ordinal of the first Pod. */
  readonly start?: number
  /** Anything else of its spec: podManagementPolicy, updateStrategy, minReadySeconds… */
  readonly spec?: Partial<V1StatefulSetSpec>
}

export interface DaemonSetOptions extends WorkloadOptions {
  readonly spec?: Partial<V1DaemonSetSpec>
}

export interface DeploymentOptions extends WorkloadOptions {
  readonly spec?: Partial<V1DeploymentSpec>
}

export function statefulSet(options: StatefulSetOptions = {}): V1StatefulSet {
  const {name = 'db', namespace = 'default', replicas = 3, claims = [], start, spec} = options
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {name, namespace},
    spec: {
      serviceName: name,
      replicas,
      selector: {matchLabels: {app: name}},
      template: podTemplate(name, options, claims),
      volumeClaimTemplates: [...claims],
      ...(start === undefined ? {} : {ordinals: {start}}),
      ...spec,
    },
  }
}

export function daemonSet(options: DaemonSetOptions = {}): V1DaemonSet {
  const {name = 'agent', namespace = 'default', spec} = options
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {name, namespace},
    spec: {selector: {matchLabels: {app: name}}, template: podTemplate(name, options), ...spec},
  }
}

/** Two replicas, unless its spec says otherwise. */
export function deployment(options: DeploymentOptions = {}): V1Deployment {
  const {name = 'web', namespace = 'default', spec} = options
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name, namespace},
    spec: {
      replicas: 2,
      selector: {matchLabels: {app: name}},
      template: podTemplate(name, options),
      ...spec,
    },
  }
}

/** The one a StatefulSet of this name asks for. */
export function headlessService(
  name = 'db',
  namespace = 'default',
  selector: Readonly<Record<string, string>> = {app: name},
): V1Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name, namespace},
    spec: {clusterIP: 'None', selector: {...selector}, ports: [{port: 5432}]},
  }
}
