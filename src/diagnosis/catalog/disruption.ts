import type {Section} from './entry.ts'

export const disruption: Section = {
  heading: 'Disruption budgets and drain',
  intro:
    'A rollout deletes Pods, and a drain evicts them. A PodDisruptionBudget only governs evictions, so it explains a drain that hangs and never a rollout that hangs. The two add up: while a rollout has one member down, the budget rightly stops the drain.',
  causes: [
    {
      id: 'pdb-not-involved',
      title: 'budget does not stop a rollout',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: 'There is a PodDisruptionBudget, and a rollout that stands still. Controllers delete Pods without asking the budget.',
      remedy: 'Look for the cause of the rollout elsewhere.',
      danger: 'A rollout and a drain together can take down more than the budget allows.',
    },
    {
      id: 'pdb-blocks-drain',
      title: 'budget allows no eviction now',
      applies: ['StatefulSet'],
      sign: "Evictions are answered with `Cannot evict pod as it would violate the pod's disruption budget`; `status.disruptionsAllowed` is 0 because too few Pods are healthy.",
      remedy: 'Finish or heal the rollout first; the drain then goes on.',
      danger: '`--disable-eviction` goes past the protection, and may cost the quorum.',
    },
    {
      id: 'pdb-unhealthy-member',
      title: 'budget protects an unready Pod',
      applies: ['StatefulSet'],
      sign: 'The Pod that should be evicted is itself not ready, and the budget does not have as many healthy ones as it wants.',
      remedy:
        'Set `unhealthyPodEvictionPolicy: AlwaysAllow` on the budget (1.27 and newer), or `kubectl delete pod <pod>`.',
      danger: 'The member may hold data that no healthy one has: look before you delete it.',
    },
    {
      id: 'pdb-impossible',
      title: 'budget never allows an eviction',
      applies: ['StatefulSet'],
      sign: '`minAvailable` is as high as the number of replicas, or `maxUnavailable` is 0: with all Pods healthy there is still nothing to spare.',
      remedy: 'Edit the budget so that one Pod may go, or drain at a time that its owner agrees to.',
      danger: 'The owner may have meant it: ask first.',
    },
    {
      id: 'pdb-multiple',
      title: 'several budgets cover one Pod',
      applies: ['StatefulSet'],
      sign: 'Evictions are answered with `This pod has more than one PodDisruptionBudget`; the selectors of two budgets match the same Pod.',
      remedy: 'Merge them, or change a selector so that each Pod has one.',
      danger: '',
    },
    {
      id: 'pdb-sync-failed',
      title: "budget can't be computed",
      applies: ['StatefulSet'],
      sign: 'The condition `DisruptionAllowed` of the budget has the reason `SyncFailed`, and evictions are refused with `because it failed sync`. Mostly the owner of the Pods has no scale that can be asked for.',
      remedy:
        'Act on the message of the condition; a budget for Pods without a controller must use a number as `minAvailable`.',
      danger: '',
    },
    {
      id: 'drain-daemonset',
      title: 'drain stops at daemon Pods',
      applies: ['DaemonSet'],
      sign: '`kubectl drain` refuses: `DaemonSet-managed Pods (use --ignore-daemonsets to ignore)`.',
      remedy: 'Add `--ignore-daemonsets`; the daemons stay, as they would come back at once.',
      danger: '',
    },
    {
      id: 'drain-local-storage',
      title: 'drain stops at emptyDir data',
      applies: ['StatefulSet', 'DaemonSet'],
      sign: '`kubectl drain` refuses: `Pods with local storage (use --delete-emptydir-data to override)`.',
      remedy: 'Save what you need, then add `--delete-emptydir-data`.',
      danger: 'The `emptyDir` volumes of the node go with their Pods.',
    },
    {
      id: 'drain-sts-stuck-evicted-replacement',
      title: "evicted member can't come back",
      applies: ['StatefulSet'],
      sign: "A member was evicted and its successor can't be scheduled, because its volume is bound to the cordoned node or its zone. The next eviction is refused by the budget, and the drain seems to hang.",
      remedy: 'Add room in the zone of the volume, or `kubectl uncordon <node>` to let the member back.',
      danger: 'Going on past the budget takes a second member down.',
    },
  ],
}
