import type {KubernetesObject} from '../../src/model/objects.ts'
import {imageOf, type Loaded, nodeName, type Owner, sha256} from './common.ts'
import {podStatus} from './pod-status.ts'
import type {Health} from './trouble.ts'

/** Where a Pod is, and how. */
export interface PodFacts {
  readonly owner: Owner
  readonly namespace: string
  readonly name: string
  /** Index of its node. */
  readonly at: number
  readonly labels: object
  readonly health: Health
}

/** A Pod as the controller and a kubelet leave it. */
export function pod({owner, namespace, name, at, labels, health}: PodFacts): Loaded {
  return {
    path: `/api/v1/namespaces/${namespace}/pods`,
    object: {
      metadata: {
        name,
        labels: {...labels},
        annotations: {'prometheus.io/scrape': 'true', 'checksum/config': sha256(name)},
        ownerReferences: [{apiVersion: 'apps/v1', ...owner, controller: true, blockOwnerDeletion: true}],
      },
      spec: {
        nodeName: nodeName(at),
        ...podSpec(owner.name, owner.kind, `data-${name}`),
        ...(owner.kind === 'DaemonSet' && {affinity: onlyOn(nodeName(at))}),
      },
      status: podStatus(owner.name, at, health),
    } as KubernetesObject,
  }
}

/** What a controller copies from its template; a StatefulSet puts in the claim. */
export function podSpec(workload: string, kind: Owner['kind'], claimName: string | undefined): object {
  const claimed = claimName === undefined ? [] : [{name: 'data', persistentVolumeClaim: {claimName}}]
  const isOfSet = kind === 'StatefulSet'
  return {
    containers: [container(imageOf(workload))],
    volumes: isOfSet ? claimed : [{name: 'data', hostPath: {path: '/var/lib/app'}}],
    tolerations: isOfSet ? [] : [{operator: 'Exists'}],
  }
}

function container(image: string): object {
  return {
    name: 'app',
    image,
    command: ['/bin/app', '--config=/etc/app/config.yaml', '--listen=0.0.0.0:8080'],
    env: Array.from({length: 12}, (_, index) => ({
      name: `SETTING_${index}`,
      value: `value-${index}-of-this-setting`,
    })),
    ports: [{name: 'http', containerPort: 8080}],
    resources: {requests: {cpu: '250m', memory: '512Mi'}, limits: {memory: '1Gi'}},
    volumeMounts: [{name: 'data', mountPath: '/var/lib/app'}],
    readinessProbe: {httpGet: {path: '/ready', port: 8080}, periodSeconds: 10},
  }
}

/** How the DaemonSet controller pins a Pod to its node. */
function onlyOn(name: string): object {
  const matchFields = [{key: 'metadata.name', operator: 'In', values: [name]}]
  const nodeSelectorTerms = [{matchFields}]
  return {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}}
}
