import type {Section} from './entry.ts'

export const expansion: Section = {
  heading: 'Expansion and other changes of a volume',
  intro:
    'A claim asks for more than its volume has, or for another VolumeAttributesClass. First the storage system grows the volume, then the node grows the file system. The conditions of the claim and `status.allocatedResourceStatuses` tell which of the two is at work.',
  causes: [
    {
      id: 'resize-not-allowed',
      title: 'storage class forbids growing',
      applies: ['PersistentVolumeClaim'],
      sign: 'The edit of the claim is refused with `only dynamically provisioned pvc can be resized`.',
      remedy:
        'If the driver can grow volumes, set `allowVolumeExpansion: true` on the StorageClass, then edit the claim again.',
      danger: '',
      unseen: 'The API server refuses the edit, and nothing of it is left to be read.',
    },
    {
      id: 'resize-controller-running',
      title: 'volume is growing',
      applies: ['PersistentVolumeClaim'],
      sign: 'The claim has the condition `Resizing`, or `ControllerResizeInProgress` in `status.allocatedResourceStatuses`.',
      remedy: 'Wait.',
      danger: '',
    },
    {
      id: 'resize-controller-failed',
      title: "volume can't grow",
      applies: ['PersistentVolumeClaim'],
      sign: 'The condition `ControllerResizeError`, or the event `VolumeResizeFailed`: the storage system refused.',
      remedy:
        'Act on the text. From 1.32 you may lower the request again, to anything above what the volume has.',
      danger: '',
    },
    {
      id: 'resize-infeasible',
      title: 'storage can never grow so far',
      applies: ['PersistentVolumeClaim'],
      sign: '`status.allocatedResourceStatuses` says `ControllerResizeInfeasible` or `NodeResizeInfeasible` (before 1.31 with `Failed` at the end).',
      remedy: 'Lower the request to a size that the storage system accepts.',
      danger: '',
    },
    {
      id: 'resize-no-resizer',
      title: 'nobody grows the volume',
      applies: ['PersistentVolumeClaim'],
      sign: 'The event `ExternalExpanding` says `waiting for an external controller`, and no event `Resizing` follows.',
      remedy: 'See whether the controller of the storage driver runs, and has the resizer in it.',
      danger: '',
    },
    {
      id: 'resize-fs-pending',
      title: 'file system has yet to grow',
      applies: ['PersistentVolumeClaim'],
      sign: 'The condition `FileSystemResizePending`: the volume has grown, and the node grows the file system when a Pod mounts it.',
      remedy:
        "Wait for the node; a driver that can't do it while the volume is in use needs `kubectl delete pod <pod>`.",
      danger: 'That member is down until its Pod is back.',
    },
    {
      id: 'resize-node-failed',
      title: "node can't grow file system",
      applies: ['PersistentVolumeClaim'],
      sign: 'The condition `NodeResizeError`, or the event `FileSystemResizeFailed`. Before 1.34 it could come without cause for volumes that many nodes share.',
      remedy: 'Read the log of the driver and of the kubelet on that node.',
      danger: '',
    },
    {
      id: 'vac-modify-pending',
      title: "volume's attributes are being changed",
      applies: ['PersistentVolumeClaim'],
      sign: 'The condition `ModifyingVolume`, and `status.modifyVolumeStatus` names the VolumeAttributesClass.',
      remedy: 'Wait.',
      danger: '',
    },
    {
      id: 'vac-missing',
      title: 'volume attributes class is missing',
      applies: ['PersistentVolumeClaim'],
      sign: '`VolumeModifyFailed` says that the class `does not exist`.',
      remedy: 'Create the VolumeAttributesClass, or name one that exists in the claim.',
      danger: '',
    },
    {
      id: 'vac-failed',
      title: "volume's attributes can't be changed",
      applies: ['PersistentVolumeClaim'],
      sign: 'The condition `ModifyVolumeError`, or the event `VolumeModifyFailed` with the text of the driver.',
      remedy: 'Act on the text: parameters that the driver does not know, or a quota.',
      danger: '',
    },
  ],
}
