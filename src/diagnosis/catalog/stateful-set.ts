import type {Section} from './entry.ts'

export const statefulSet: Section = {
  heading: 'StatefulSets',
  intro:
    'A StatefulSet works on one Pod at a time unless `podManagementPolicy` is `Parallel`, and before it updates anything, every ordinal from the lowest up must be there and ready. So look for the lowest ordinal that is not well, not for the one that is being updated. The controller has no deadline and says little: many of these causes make no event.',
  causes: [
    {
      id: 'sts-ordered-revision-deadlock',
      title: 'unready old Pod blocks its update',
      applies: ['StatefulSet'],
      sign: 'The set is `OrderedReady` with `RollingUpdate`, and the Pod of its lowest unready ordinal is of another revision than that ordinal should be (label `controller-revision-hash`). The controller waits for this Pod to become ready before it replaces anything, so a mended template never reaches it; no event says so.',
      remedy:
        'Make sure that the template is right now, then `kubectl delete pod <pod>`; its successor is of the wanted revision. Do the same for the next ordinal if it is caught too.',
      danger:
        'That member is down until its successor is ready: check the quorum first. Below the partition the successor is of the old revision again. Never add `--force` here.',
    },
    {
      id: 'sts-blocked-by-unready-at-target',
      title: 'unready Pod holds the set up',
      applies: ['StatefulSet'],
      sign: 'In an ordered set the Pod of the lowest unready ordinal already has the revision that it should have. It is broken itself, for one of the causes that concern Pods, images, volumes or scheduling.',
      remedy:
        'Find and mend the cause of that one Pod. If the mending is an edit of the template, delete the Pod afterwards as well: the edit alone makes it an old Pod that nobody replaces.',
      danger: 'Deleting the Pod stops that member until its successor is ready.',
    },
    {
      id: 'sts-ordered-lower-ordinal-blocks',
      title: 'lower ordinal holds up the update',
      applies: ['StatefulSet'],
      sign: 'The update has reached a high ordinal, but an ordinal below it is not ready. An ordered set looks at its ordinals from the bottom up before each step, so the lower one decides.',
      remedy: 'Look at the lowest Pod that is not ready, and leave the one that was just updated alone.',
      danger: '',
    },
    {
      id: 'sts-parallel-maxunavailable-budget',
      title: 'old broken Pods eat the budget',
      applies: ['StatefulSet'],
      sign: 'A `Parallel` set with `maxUnavailable` honoured, on a server of 1.35.0 to 1.35.3, or of a later 1.35 or 1.36 with the gate `MaxUnavailableStatefulSet` switched on. Old Pods that are unready fill the budget, and the controller takes none of them away.',
      remedy:
        '`kubectl delete pod <pod>` for each old Pod that is unready, or upgrade to a release with the fix (1.37).',
      danger: 'Those members are down until they are ready again: count the quorum before each one.',
    },
    {
      id: 'sts-parallel-waits-for-updated',
      title: 'update waits for an updated Pod',
      applies: ['StatefulSet'],
      sign: 'In a `Parallel` set the highest ordinal that is not ready already has the new revision. The update goes down from the top and stops there.',
      remedy:
        'Mend what keeps that Pod from becoming ready. If that is the template, edit it: the controller replaces the Pod by itself.',
      danger: '',
    },
    {
      id: 'sts-parallel-one-error-stops-update',
      title: "one ordinal's error stops all",
      applies: ['StatefulSet'],
      sign: 'In a `Parallel` set the API refuses something for one ordinal (`FailedCreate` or `FailedUpdate` on the set), and healthy Pods of the old revision stay as they are. The error ends each pass of the controller before it comes to the update.',
      remedy: 'Take the refusal away: its text in the event names the quota, webhook or claim.',
      danger: '',
    },
    {
      id: 'sts-maxunavailable-ignored',
      title: 'update ignores maxUnavailable',
      applies: ['StatefulSet'],
      sign: 'The set asks for a `maxUnavailable` of more than 1, yet its Pods go one by one, or the field is gone after `kubectl apply`. The gate `MaxUnavailableStatefulSet` is off: so it is by default up to 1.34 and in 1.35.4 to 1.36.',
      remedy:
        'Let it go one by one, or have the gate switched on in the API server and in kube-controller-manager.',
      danger: 'Once it works, several members are down at the same time.',
    },
    {
      id: 'sts-partition-hold',
      title: 'partition holds lower ordinals back',
      applies: ['StatefulSet'],
      sign: 'All Pods from the partition upward are updated and ready, and those below it are of the old revision. That is what `updateStrategy.rollingUpdate.partition` is for; `currentRevision` and `updateRevision` stay different meanwhile.',
      remedy:
        'When you are content with the new Pods, lower the partition with `kubectl patch statefulset`; 0 finishes the update.',
      danger: 'Lowering it by several steps releases as many members to be restarted.',
    },
    {
      id: 'sts-partition-all-held',
      title: 'partition holds every ordinal back',
      applies: ['StatefulSet'],
      sign: 'The partition is as high as the number of replicas or higher, so no Pod may be updated at all.',
      remedy:
        'Lower `updateStrategy.rollingUpdate.partition` to one less than the number of replicas, and watch the topmost Pod.',
      danger: 'Each ordinal that the partition lets go restarts.',
    },
    {
      id: 'sts-partition-raised-after-update',
      title: 'updated Pods lie below the partition',
      applies: ['StatefulSet'],
      sign: 'A Pod with an index below the partition is of the new revision. Raising a partition takes nobody back: the controller only ever replaces Pods at or above it.',
      remedy:
        'If they are to go back, `kubectl delete pod <pod>` one by one; they come back with the current revision.',
      danger: 'Older software may not read the data that newer software has written.',
    },
    {
      id: 'sts-ondelete-waiting',
      title: 'Pods wait to be deleted',
      applies: ['StatefulSet'],
      sign: '`updateStrategy` is `OnDelete` and some Pods are of an old revision. The controller makes new ones only in the place of those that a person deletes. Up to 1.36 `currentRevision` stays old even when all is done: go by the labels of the Pods.',
      remedy: '`kubectl delete pod <pod>` one at a time, and wait until it is ready before the next.',
      danger: 'Each deletion takes one member down for a while: mind the quorum.',
    },
    {
      id: 'sts-recreate-terminating',
      title: 'recreation waits for Pods to end',
      applies: ['StatefulSet'],
      sign: 'The strategy is `Recreate` (alpha in 1.37): the old Pods are being terminated, and no new one is made before the last of them is gone. The condition `Progressing` has reason `RecreateInProgress`.',
      remedy: 'Find the Pod that takes longest to end, and see why it does not go.',
      danger: 'The whole set is down until then; that is what the strategy means.',
    },
    {
      id: 'sts-recreate-ignored',
      title: 'controller does not apply Recreate',
      applies: ['StatefulSet'],
      sign: 'The set says `Recreate`, and kube-controller-manager does not do it. One of 1.36 or older does not know the strategy and updates Pod by Pod; from 1.37 on, with the gate `StatefulSetRecreateStrategy` off, it stops altogether with the warning `UnknownStrategy`.',
      remedy:
        'Bring kube-controller-manager to the version of the API server with the gate switched on, or change the type to `RollingUpdate`.',
      danger: 'With the gate on, all Pods of the set stop at once.',
    },
    {
      id: 'sts-min-ready-seconds',
      title: 'waiting out minReadySeconds',
      applies: ['StatefulSet'],
      sign: 'The Pod is ready, and `minReadySeconds` have not passed since its `Ready` condition turned. The controller goes on at a time that can be told exactly. Updates of `Parallel` sets wait for this only from 1.34 on.',
      remedy: 'Wait.',
      danger: '',
    },
    {
      id: 'sts-generation-lag-controller-down',
      title: 'controller has stopped working',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: '`metadata.generation` has been ahead of `status.observedGeneration` for more than a minute, and the Lease `kube-controller-manager` in `kube-system` is not being renewed. No set of the cluster moves. Some managed clusters hide that Lease.',
      remedy:
        '`kubectl get lease -n kube-system kube-controller-manager -o yaml`, then repair kube-controller-manager.',
      danger: '',
    },
    {
      id: 'sts-sync-error-silent',
      title: 'controller fails without a word',
      applies: ['StatefulSet'],
      sign: "`status.observedGeneration` stays behind although the controller is alive and other sets move. It fails before it writes a status: a ControllerRevision can't be written (quota, webhook), or a Pod can't be adopted or released. There is no event.",
      remedy:
        'Look for quotas and webhooks that match `controllerrevisions` or Pods, and for the set in the log of kube-controller-manager.',
      danger: '',
    },
    {
      id: 'sts-revision-not-created',
      title: 'edit did not touch the template',
      applies: ['StatefulSet'],
      sign: 'Something was changed and nothing rolls: `updateRevision` is what it was. Only an edit of `spec.template` makes a revision; a changed ConfigMap, Secret or strategy does not.',
      remedy: '`kubectl rollout restart statefulset/<set>` if the Pods are to take the change up.',
      danger: 'It restarts every member, one after another.',
    },
    {
      id: 'sts-revision-churn',
      title: 'template is rewritten over and over',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'New ControllerRevisions keep coming within minutes, each before the last rollout has finished. An operator, a GitOps tool or a webhook rewrites the template.',
      remedy:
        'Compare the last two with `kubectl get controllerrevisions -o yaml`, and find the writer in `metadata.managedFields` of the set.',
      danger: '',
    },
    {
      id: 'sts-owned-by-operator',
      title: 'owner overwrites direct edits',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The set has a controller among its `ownerReferences`, or `metadata.managedFields` shows another manager. What you edit by hand is likely to be undone.',
      remedy: 'Make the change in the object that owns the set.',
      danger: '',
    },
    {
      id: 'sts-being-deleted',
      title: 'set is being deleted',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The set has a `deletionTimestamp`, and finalizers keep it. Its controller makes and replaces no Pods any more.',
      remedy:
        'See which finalizers are left and what they wait for: usually Pods or other dependents that do not go.',
      danger: 'Taking finalizers away by hand leaves Pods and claims without an owner.',
    },
    {
      id: 'sts-scaledown-blocked-by-replica',
      title: 'unready replica blocks the scale-down',
      applies: ['StatefulSet'],
      sign: 'An ordered set has more Pods than `spec.replicas`, and one of those that are to stay is not ready. Until it is, nothing is removed.',
      remedy: 'Mend the lowest Pod that is to stay and is not ready.',
      danger: '',
    },
    {
      id: 'sts-scaledown-two-unhealthy',
      title: 'several unready Pods block scaling down',
      applies: ['StatefulSet'],
      sign: 'In an ordered set all that stay are ready, but two or more of those to be removed are not. The highest waits for the lowest of them, and the lowest waits for its turn.',
      remedy:
        '`kubectl delete pod <pod>` from the highest down. They are beyond `spec.replicas` and do not come back.',
      danger: 'What only that member holds is out of reach afterwards: move its data away first.',
    },
    {
      id: 'sts-scaledown-minready-hang',
      title: 'scale-down waits for an available Pod',
      applies: ['StatefulSet'],
      sign: 'Up to 1.33: an ordered set with `minReadySeconds` has a Pod to remove that is ready but not yet available. The controller should go on when the time is over, and may only do so at its next resync.',
      remedy: 'Wait for `minReadySeconds`; if nothing happens then, delete that Pod.',
      danger: 'The member stops; it was to be removed anyway.',
    },
    {
      id: 'sts-scaledown-terminating',
      title: 'scale-down waits for a Pod',
      applies: ['StatefulSet'],
      sign: 'A Pod beyond `spec.replicas` is terminating. An ordered set removes one at a time.',
      remedy: 'Wait. If it is overdue, see why that Pod does not end.',
      danger: '',
    },
    {
      id: 'sts-scaled-to-zero',
      title: 'set is scaled to zero',
      applies: ['StatefulSet'],
      sign: '`spec.replicas` is 0 and there are no Pods: somebody has parked the set. Its claims wait for it, unless the retention policy deletes them.',
      remedy: '`kubectl scale statefulset/<set> --replicas=<n>` brings it back.',
      danger: '',
    },
    {
      id: 'sts-ordinals-start-moved',
      title: 'set moves to other ordinals',
      applies: ['StatefulSet'],
      sign: '`spec.ordinals.start` was changed: Pods of the new range come up, and those of the old range go when all new ones are ready.',
      remedy: 'Wait; look at the new Pods if they do not become ready.',
      danger: 'Both ranges run at once for a while, and the claims of the new ordinals are empty.',
    },
    {
      id: 'sts-name-held-by-foreign-pod',
      title: 'foreign Pod holds the name',
      applies: ['StatefulSet'],
      sign: "A Pod bears the name of an ordinal and is not the set's: it has another controller, or its labels do not match the selector. The ordinal is missing, and from 1.23 no event says why.",
      remedy:
        'Find out whose it is. If only its labels are wrong and it has no controller, put them right and the set adopts it; otherwise delete it.',
      danger:
        'It may be a live member of another set, or a copy that somebody made on purpose; deleting it stops what it does.',
    },
    {
      id: 'sts-selector-overlap',
      title: 'two sets select the same Pods',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'The selectors of two sets in one namespace match the same Pods. A Pod that has lost its owner may be taken over by the wrong one; only the log of kube-controller-manager complains.',
      remedy:
        'Make one set anew with labels of its own: `kubectl delete <kind> <set> --cascade=orphan`, then apply the new one.',
      danger:
        'Between the two steps nobody looks after the Pods, and a wrong label lets the other set adopt them.',
    },
    {
      id: 'sts-adopted-pod-volume-mismatch',
      title: 'adopted Pod lacks a volume',
      applies: ['StatefulSet'],
      sign: '`FailedUpdate` comes again and again with `pod updates may not change fields other than`. The set was made anew with one more volume claim template, and its Pods from before do not have that volume.',
      remedy: '`kubectl delete pod <pod>`, one by one; each comes back with the volume.',
      danger: 'The member is down meanwhile, and its new claim is empty.',
    },
    {
      id: 'sts-quorum-needs-later-ordinals',
      title: 'Pod needs peers not yet made',
      applies: ['StatefulSet'],
      sign: 'An ordered set stops at its first ordinals: a Pod runs without restarts and only its readiness probe fails. It may need peers that the controller makes only after this one is ready.',
      remedy:
        "Make readiness mean that the process serves, not that the quorum is there; or use `Parallel` with a Service that has `publishNotReadyAddresses`. The policy can't be changed in place: `kubectl delete statefulset <set> --cascade=orphan`, then apply anew.",
      danger: 'Between deletion and apply nobody looks after the Pods.',
    },
    {
      id: 'sts-update-forbidden-field',
      title: 'API server refuses the edit',
      applies: ['StatefulSet'],
      sign: '`kubectl apply` says `updates to statefulset spec for fields other than`, or from 1.37 `field is immutable`. Claim templates, `serviceName`, selector and `podManagementPolicy` stay as they were made, and nothing of the edit was taken.',
      remedy: '`kubectl delete statefulset <set> --cascade=orphan`, then apply the new one; the Pods run on.',
      danger: 'Between the two steps nobody looks after the Pods. Existing claims keep their size and class.',
      unseen: 'The API server refuses the edit, and nothing of it is left to be read.',
    },
    {
      id: 'sts-spurious-rollout-1-34',
      title: 'control plane upgrade restarts everything',
      applies: ['StatefulSet'],
      sign: 'After an upgrade from 1.33 to an early 1.34 a new ControllerRevision appears that differs from the last one only by `creationTimestamp: null`. Nobody has edited the set, and it rolls.',
      remedy: 'Let it finish, or set a partition to choose the time yourself.',
      danger: 'Every StatefulSet of the cluster may restart unplanned.',
    },
  ],
}
