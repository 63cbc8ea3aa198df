import type {Section} from './entry.ts'

export const termination: Section = {
  heading: 'Pods that do not go away',
  intro:
    "The Pod has a `deletionTimestamp`, which already counts the grace period: the Pod is overdue when that time is past. There are four kinds: still within its time, held by a finalizer, on a node that is lost, or on a healthy node that can't stop or unmount it. Only a lost node can ever justify force, and only when its machine is known to be off.",
  causes: [
    {
      id: 'term-grace-period',
      title: 'Pod is still shutting down',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The Pod has a `deletionTimestamp` and containers that run. Until that time it is within its grace period; beyond it, with nothing else to be seen, stopping or unmounting takes too long.',
      remedy:
        'Wait until the time in `deletionTimestamp`. If it is long past, read the log of the kubelet on the node.',
      danger:
        'A shorter `terminationGracePeriodSeconds` for next time may cut off a process that is still saving its data.',
    },
    {
      id: 'term-prestop',
      title: 'preStop hook is still running',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The Pod has a `deletionTimestamp` that is not yet past, and a container with `lifecycle.preStop`. The hook and the process share one grace period. `FailedPreStopHook` says that the hook failed.',
      remedy: 'Wait; look at the hook if it fails or always uses up the whole time.',
      danger: '',
    },
    {
      id: 'term-finalizer',
      title: 'finalizer keeps the Pod',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: '`metadata.finalizers` is not empty, and the containers have stopped or the node is gone. Whoever put the finalizer there has not finished.',
      remedy: 'Find out who that is and why it is not done; it takes the finalizer away itself.',
      danger: 'Taking it away by hand skips a clean-up: load balancers, names or data may be left behind.',
    },
    {
      id: 'term-node-unreachable',
      title: "node is lost, Pod can't end",
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The Pod is terminating and its node is not `Ready`, mostly `Unknown`, with the taint `node.kubernetes.io/unreachable`. What the Pod reports of its containers is the last that was heard; they may still run.',
      remedy:
        'Bring the node back. Only if its machine is verified to be off: taint the Node with `node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`, or delete the Node if it never comes back. To force the Pod away is the last resort.',
      danger:
        'If the machine still runs, each of these gives one identity or one disk to two writers: split brain and corrupted data. A forced Pod also leaves its volume attached for minutes.',
    },
    {
      id: 'term-out-of-service-incomplete',
      title: 'out-of-service taint has no effect',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The node bears `node.kubernetes.io/out-of-service`, and the Pod is still there. The Pod is removed only if the node is not `Ready` and the Pod is already being deleted; one that tolerates the taint is not evicted.',
      remedy:
        'Check that the machine is off, then delete the Pod gracefully with `kubectl delete pod <pod>`; the collector does the rest within half a minute.',
      danger: 'On a machine that still runs, the volume is taken from under a writer.',
    },
    {
      id: 'term-out-of-service-left-behind',
      title: 'out-of-service taint was left behind',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The node is `Ready` again and still bears `node.kubernetes.io/out-of-service`, so Pods are turned away. Nobody takes that taint away but a person.',
      remedy: '`kubectl taint node <node> node.kubernetes.io/out-of-service-`.',
      danger:
        'Do it only after the old attachments of its volumes are gone (`kubectl get volumeattachment`).',
    },
    {
      id: 'term-node-object-gone',
      title: 'node was deleted, Pod remains',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: '`spec.nodeName` names a node that does not exist. The collector removes such Pods after about 40 seconds, with `DeletionByPodGC`.',
      remedy: 'Wait a minute. If it lasts longer, kube-controller-manager is in trouble.',
      danger: '',
    },
    {
      id: 'term-container-wont-die',
      title: 'container does not stop',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The Pod is overdue, its node is `Ready`, and a container still runs. Events may say `FailedKillPod` or `ExceededGracePeriod`.',
      remedy:
        'On the node look for a process in state D, a stuck runtime or a dead file server; restart the runtime, or the machine.',
      danger: 'Forcing the Pod away leaves its process running beside the next one.',
    },
    {
      id: 'term-volume-unmount-stuck',
      title: "volume can't be unmounted",
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The Pod is overdue, its node is `Ready`, all containers have stopped, there are no finalizers, and the node still lists the volume in `status.volumesInUse`. Failures to unmount never make an event.',
      remedy:
        'Read the log of the kubelet for `UnmountVolume.TearDown failed`; repair the storage driver on that node or the file server behind it.',
      danger:
        'Forcing the Pod away leaves the mount: the next Pod may be refused the volume, or find it unclean.',
    },
    {
      id: 'term-kubelet-or-csi-pod-down',
      title: 'storage driver missing on the node',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: "The Pod is overdue on a node that is `Ready`, its containers have stopped, and the storage driver's own Pod on that node is missing or not ready. Nobody is there to unmount.",
      remedy: 'Heal the DaemonSet of the storage driver on that node first; the rest follows.',
      danger: '',
    },
    {
      id: 'term-unscheduled',
      title: 'deleted before it was scheduled',
      applies: ['StatefulSet'],
      sign: 'The Pod is terminating and was never bound to a node. The collector removes it.',
      remedy: 'Wait half a minute. If it stays, look at its finalizers and at kube-controller-manager.',
      danger: '',
    },
    {
      id: 'node-notready-not-evicted',
      title: 'lost node, Pod not yet evicted',
      applies: ['StatefulSet'],
      sign: 'The node is not `Ready` and the Pod is not being deleted: its tolerations let it stay for a while (300 seconds by default), or for ever, or eviction is paused because too many nodes are ill.',
      remedy:
        'Wait for the node, or for the end of `tolerationSeconds`. `kubectl delete pod <pod>` shortens the wait, but the Pod then stays terminating until the node answers.',
      danger: 'Its process may still run on that node: all that is said of a lost node holds.',
    },
    {
      id: 'node-partial-pod-unknown',
      title: "Pod's state is unknown",
      applies: ['StatefulSet'],
      sign: '`status.reason` of the Pod is `NodeLost`: its node stopped answering while the Pod was being deleted, and `kubectl get` shows it as `Unknown`.',
      remedy: 'As for a terminating Pod on a lost node: bring the node back first.',
      danger: 'Its process may still run.',
    },
  ],
}
