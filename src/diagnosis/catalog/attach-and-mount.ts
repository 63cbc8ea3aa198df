import type {Section} from './entry.ts'

export const attachAndMount: Section = {
  heading: 'Attaching and mounting volumes',
  intro:
    'The Pod is bound to a node and its volume does not come. First the volume is attached to the machine (`FailedAttachVolume`, by a controller), then mounted (`FailedMount`, by the kubelet). The message `Unable to attach or mount volumes … timed out` is only a summary: look for another one about the same volume. Failures to detach or unmount make no event at all.',
  causes: [
    {
      id: 'attach-multi-pod',
      title: 'another Pod uses the volume',
      applies: ['StatefulSet', 'PersistentVolumeClaim'],
      sign: '`FailedAttachVolume` says `Volume is already used by pod(s)`, after `Multi-Attach error` or, from 1.36.4 on, `Waiting for detach`. A volume for one node is still in use on another.',
      remedy:
        'Look at the Pod that is named. If it is terminating, see why it does not end; if it lives, two workloads use one claim.',
      danger: 'Whatever forces the volume over gives one disk two writers, and corrupts it.',
    },
    {
      id: 'attach-multi-leftover',
      title: 'volume still attached elsewhere',
      applies: ['StatefulSet', 'PersistentVolumeClaim'],
      sign: '`FailedAttachVolume` says `Volume is already exclusively attached to one node`, after `Multi-Attach error` or, from 1.36.4 on, `Waiting for detach`. No Pod uses it any more, and its VolumeAttachment to the old node remains.',
      remedy:
        "`kubectl get volumeattachment` names that node. If it is not `Ready`, its volume is detached by force after six minutes unless the cluster forbids that; if it is `Ready`, see why it can't unmount.",
      danger: 'Deleting the attachment by hand takes the disk from under a process that may still write.',
    },
    {
      id: 'attach-failed-driver',
      title: "storage driver can't attach",
      applies: ['StatefulSet', 'PersistentVolumeClaim'],
      sign: "`FailedAttachVolume` says `AttachVolume.Attach failed`, and the VolumeAttachment has `status.attachError`. The text is that of the driver: rights, limits, or a volume that it can't find.",
      remedy: 'Act on the text; look at the controller of the driver.',
      danger: 'Deleting the attachment by hand may take the disk from under a writer.',
    },
    {
      id: 'attach-timeout',
      title: 'nobody attaches the volume',
      applies: ['StatefulSet', 'PersistentVolumeClaim'],
      sign: 'The event says `timed out waiting for external-attacher`, and the VolumeAttachment is neither attached nor has an error: nobody works on it.',
      remedy: 'Look at the controller Pods of the storage driver: the attacher is down or too busy.',
      danger: '',
    },
    {
      id: 'detach-stuck',
      title: "volume can't be detached",
      applies: ['StatefulSet', 'PersistentVolumeClaim'],
      sign: 'The VolumeAttachment is being deleted, and has `status.detachError`. No Pod has an event about it.',
      remedy:
        'Look at the controller of the driver and at the node. The attachment goes by itself when the detaching succeeds.',
      danger:
        'Taking its finalizer away makes Kubernetes forget a disk that is still attached; the next writer may corrupt it.',
    },
    {
      id: 'va-orphan',
      title: 'attachment to a deleted node',
      applies: ['PersistentVolumeClaim'],
      sign: 'A VolumeAttachment names a node or a volume that does not exist any more.',
      remedy: 'Look at the controller of the driver: it detaches from a node that is gone.',
      danger: 'Deleting the attachment by hand is safe only if that machine is off.',
    },
    {
      id: 'mount-timeout',
      title: 'volumes do not come in time',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: '`FailedMount` says `Unable to attach or mount volumes` with the names of the volumes. It is a summary of what went on for two minutes.',
      remedy:
        'Look for another `FailedMount` or `FailedAttachVolume` about the same volume, then at the log of the kubelet.',
      danger: '',
    },
    {
      id: 'mount-failed-driver',
      title: "storage driver can't mount",
      applies: ['StatefulSet', 'DaemonSet'],
      sign: '`FailedMount` says `MountVolume.MountDevice failed` or `MountVolume.SetUp failed`; the rest is the text of the driver.',
      remedy: "Read the log of the driver's Pod on that node.",
      danger:
        'To check or repair a file system, make sure that nobody has it mounted; to format it ends its data.',
    },
    {
      id: 'mount-csi-driver-not-registered',
      title: 'storage driver not registered there',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: '`FailedMount` says `not found in the list of registered CSI drivers`: the driver does not run on that node, or the kubelet does not know it yet.',
      remedy: "Look at the driver's DaemonSet on that node, then at `kubectl get csinode <node> -o yaml`.",
      danger: '',
    },
    {
      id: 'mount-configmap-secret',
      title: "ConfigMap or Secret can't be mounted",
      applies: ['StatefulSet', 'DaemonSet'],
      sign: '`FailedMount` says that a ConfigMap or Secret is `not found`, that a key is `non-existent`, or that an object is `not registered`. The last one passes.',
      remedy: 'Create the object or the key in the namespace of the Pod; the kubelet tries again.',
      danger: '',
    },
    {
      id: 'mount-pv-node-affinity',
      title: 'volume does not belong there',
      applies: ['StatefulSet'],
      sign: "`FailedMount` says `MountVolume.NodeAffinity check failed`: the Pod is on a node from which its volume can't be reached. It was bound past the scheduler, or the labels have changed.",
      remedy: 'Put the labels back, or delete the Pod so that the scheduler chooses again.',
      danger: 'Deleting the Pod restarts that member.',
    },
    {
      id: 'mount-block',
      title: "block device can't be mapped",
      applies: ['StatefulSet'],
      sign: 'An event says `FailedMapVolume`: the volume is a raw block device, and could not be handed to the Pod.',
      remedy: "Read the log of the driver's Pod on that node.",
      danger: '',
    },
    {
      id: 'mount-fsgroup-slow',
      title: 'file ownership is being changed',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'An event `VolumePermissionChangeInProgress` (1.33 and newer), or a long `ContainerCreating` with `fsGroup` on a volume with many files. The kubelet goes through each of them.',
      remedy: 'Wait; for next time set `fsGroupChangePolicy: OnRootMismatch`.',
      danger: 'With that policy, wrong owners deeper down stay wrong.',
    },
    {
      id: 'mount-wait-attached',
      title: 'mount waits for the attachment',
      applies: ['StatefulSet'],
      sign: '`FailedMount` says `has not been added to the list of VolumesInUse` or `MountVolume.WaitForAttach failed`: the two sides are not yet agreed on the volume.',
      remedy: 'Wait; if it lasts, look at the VolumeAttachment and the kubelet.',
      danger: '',
    },
    {
      id: 'fs-resize-failed-mount',
      title: 'growing the file system failed',
      applies: ['StatefulSet', 'PersistentVolumeClaim'],
      sign: '`FileSystemResizeFailed` or `VolumeResizeFailed` on the Pod and the claim: the larger volume was mounted, and its file system did not grow.',
      remedy: 'Read the text of the event and the log of the driver on that node.',
      danger: '',
    },
  ],
}
