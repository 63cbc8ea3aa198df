/** Of a Pod, or of a DaemonSet's ControllerRevision: the revision that the Pod was created from. */
export const REVISION_HASH = 'controller-revision-hash'

/** Which a StatefulSet's controller alone gives: the name of the Pod. */
export const POD_NAME = 'statefulset.kubernetes.io/pod-name'
