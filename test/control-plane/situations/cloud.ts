import type {V1Node, V1StorageClass} from '@kubernetes/client-node'
import {node} from './nodes.ts'

/** What a cloud calls the parts of its volumes. */
export interface Cloud {
  /** CSI driver, which is also the provisioner of the class. */
  readonly driver: string
  readonly storageClass: string
  /** The label of its own by which its nodes and volumes name their zone. */
  readonly zoneLabel: string
  /** The cloud's name of the disk behind a volume. */
  readonly handle: (volume: string, zone: string) => string
}

/** Without it a kubelet attaches by itself, and there are no attachments. */
const MANAGED = {'volumes.kubernetes.io/controller-managed-attach-detach': 'true'}

/** A node of that cloud, in that zone. */
export function cloudNode(
  cloud: Cloud,
  name: string,
  zone: string,
  options: Parameters<typeof node>[1] = {},
): V1Node {
  const labels = {[cloud.zoneLabel]: zone, ...options.labels}
  return node(name, {...options, zone, labels, annotations: MANAGED})
}

/** Its volumes are made in the zone of the node that a Pod is to run on. */
export function cloudClass({storageClass, driver}: Cloud): V1StorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {name: storageClass},
    provisioner: driver,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  }
}
