import type {Cause} from './cause.ts'
import {causes as attachment} from './claim/attachment.ts'
import {causes as attributesClass} from './claim/attributes-class.ts'
import {causes as binderEvents} from './claim/binder-events.ts'
import {causes as disk} from './claim/disk.ts'
import {causes as drift} from './claim/drift.ts'
import {causes as failedVolume} from './claim/failed-volume.ts'
import {causes as formerLife} from './claim/former-life.ts'
import {causes as lost} from './claim/lost.ts'
import {causes as missing} from './claim/missing.ts'
import {causes as noClass} from './claim/no-class.ts'
import {causes as noResizer} from './claim/no-resizer.ts'
import {causes as pastScheduler} from './claim/past-scheduler.ts'
import {causes as pending} from './claim/pending.ts'
import {causes as releasedVolume} from './claim/released-volume.ts'
import {causes as resize} from './claim/resize.ts'
import {causes as retention} from './claim/retention.ts'
import {causes as severalDefaults} from './claim/several-defaults.ts'
import {causes as terminating} from './claim/terminating.ts'
import {causes as waitsForPod} from './claim/waits-for-pod.ts'
import {causes as creation} from './creation/index.ts'
import {causes as creationUnknown} from './creation/unknown.ts'
import {causes as budget} from './daemon-set/budget.ts'
import {causes as cordoned} from './daemon-set/cordoned.ts'
import {causes as deadNode} from './daemon-set/dead-node.ts'
import {causes as excessPods} from './daemon-set/excess-pods.ts'
import {causes as excluded} from './daemon-set/excluded.ts'
import {causes as hashRelabel} from './daemon-set/hash-relabel.ts'
import {causes as inCommon} from './daemon-set/in-common.ts'
import {causes as daemonSet} from './daemon-set/index.ts'
import {causes as daemonSetMinReady} from './daemon-set/min-ready.ts'
import {causes as misscheduled} from './daemon-set/misscheduled.ts'
import {causes as daemonSetMissing} from './daemon-set/missing.ts'
import {causes as oldUnavailable} from './daemon-set/old-unavailable.ts'
import {causes as onDelete} from './daemon-set/on-delete.ts'
import {causes as daemonSetPassing} from './daemon-set/passing-node.ts'
import {causes as preemptsOthers} from './daemon-set/preempts-others.ts'
import {causes as removedByUpdate} from './daemon-set/removed-by-update.ts'
import {causes as statusStale} from './daemon-set/status-stale.ts'
import {causes as surge} from './daemon-set/surge.ts'
import {causes as daemonSetPending} from './daemon-set/surge-host-port.ts'
import {causes as unusualSet} from './daemon-set/unusual-set.ts'
import {causes as virtualNode} from './daemon-set/virtual-node.ts'
import {causes as wantedNowhere} from './daemon-set/wanted-nowhere.ts'
import {causes as budgetFaults} from './disruption/budget-faults.ts'
import {causes as budgetUnsynced} from './disruption/budget-unsynced.ts'
import {causes as drainRefuses} from './disruption/drain-refuses.ts'
import {causes as drainWaits} from './disruption/drain-waits.ts'
import {causes as notInvolved} from './disruption/not-involved.ts'
import {causes as stuckReplacement} from './disruption/stuck-replacement.ts'
import type {Finding} from './finding.ts'
import type {CauseId} from './order.ts'
import {causes as crash} from './pod/containers/crash.ts'
import {causes as crashProbe} from './pod/containers/crash-probe.ts'
import {causes as flapping} from './pod/containers/flapping.ts'
import {causes as init} from './pod/containers/init.ts'
import {causes as notStarted} from './pod/containers/not-started.ts'
import {causes as readiness} from './pod/containers/readiness.ts'
import {causes as sandbox} from './pod/containers/sandbox.ts'
import {causes as sidecar} from './pod/containers/sidecar.ts'
import {causes as statusUnknown} from './pod/containers/status-unknown.ts'
import {causes as waitingReasons} from './pod/containers/waiting-reasons.ts'
import {causes as completed} from './pod/failed/completed.ts'
import {causes as disrupted} from './pod/failed/disrupted.ts'
import {causes as failed} from './pod/failed/failed.ts'
import {causes as kubeletReasons} from './pod/failed/kubelet-reasons.ts'
import {causes as images} from './pod/images/images.ts'
import {causes as pull} from './pod/images/pull.ts'
import {causes as waiting} from './pod/images/waiting.ts'
import {causes as beforeScheduling} from './pod/scheduling/before-scheduling.ts'
import {causes as beyondTemplate} from './pod/scheduling/beyond-template.ts'
import {causes as binding} from './pod/scheduling/binding.ts'
import {causes as noScaleUp} from './pod/scheduling/no-scale-up.ts'
import {causes as passingNodes} from './pod/scheduling/passing-causes.ts'
import {causes as pinned} from './pod/scheduling/pinned.ts'
import {causes as reasons} from './pod/scheduling/reasons.ts'
import {causes as toldReasons} from './pod/scheduling/told-reasons.ts'
import {causes as finalizer} from './pod/terminating/finalizer.ts'
import {causes as gracePeriod} from './pod/terminating/grace-period.ts'
import {causes as node} from './pod/terminating/node.ts'
import {causes as nodeLost} from './pod/terminating/node-lost.ts'
import {causes as overdue} from './pod/terminating/overdue.ts'
import {causes as volume} from './pod/terminating/volume.ts'
import {causes as attachMessages} from './pod/volumes/attach-messages.ts'
import {causes as mountMessages} from './pod/volumes/mount-messages.ts'
import {causes as endpoints} from './stateful-set/endpoints.ts'
import {causes as statefulSet} from './stateful-set/index.ts'
import {causes as leftoverClaims} from './stateful-set/leftover-claims.ts'
import {causes as nameHeld} from './stateful-set/name-held.ts'
import {causes as names} from './stateful-set/names.ts'
import {causes as podAddresses} from './stateful-set/pod-addresses.ts'
import {causes as apiError} from './stateful-set/rollout/api-error.ts'
import {causes as blockedAtTarget} from './stateful-set/rollout/blocked-at-target.ts'
import {causes as lowerOrdinal} from './stateful-set/rollout/lower-ordinal.ts'
import {causes as maxUnavailable} from './stateful-set/rollout/max-unavailable.ts'
import {causes as minReady} from './stateful-set/rollout/min-ready.ts'
import {causes as rolloutOnDelete} from './stateful-set/rollout/on-delete.ts'
import {causes as ordinalRange} from './stateful-set/rollout/ordinal-range.ts'
import {causes as partition} from './stateful-set/rollout/partition.ts'
import {causes as quorum} from './stateful-set/rollout/quorum.ts'
import {causes as recreate} from './stateful-set/rollout/recreate.ts'
import {causes as revisionDeadlock} from './stateful-set/rollout/revision-deadlock.ts'
import {causes as revisionNotCreated} from './stateful-set/rollout/revision-not-created.ts'
import {causes as scaleDown} from './stateful-set/rollout/scale-down.ts'
import {causes as spuriousRollout} from './stateful-set/rollout/spurious-rollout.ts'
import {causes as service} from './stateful-set/service.ts'
import {causes as serviceSelector} from './stateful-set/service-selector.ts'
import {causes as spread} from './stateful-set/spread.ts'
import {causes as staleClaim} from './stateful-set/stale-claim.ts'
import {causes as stsStatusStale} from './stateful-set/status-stale.ts'
import {causes as beingDeleted} from './workload/being-deleted.ts'
import {causes as controllerDown} from './workload/controller-down.ts'
import {causes as generationLag} from './workload/generation-lag.ts'
import {causes as owner} from './workload/owner.ts'
import {causes as revisionChurn} from './workload/revision-churn.ts'
import {causes as selectorOverlap} from './workload/selector-overlap.ts'

/** Every cause that a finding can name. Each stands beside its rule; a file that adds some is named here. */
export const causes: Readonly<Record<CauseId, Cause>> = {
  ...attachment,
  ...attributesClass,
  ...binderEvents,
  ...disk,
  ...drift,
  ...failedVolume,
  ...formerLife,
  ...lost,
  ...missing,
  ...noClass,
  ...noResizer,
  ...pending,
  ...releasedVolume,
  ...resize,
  ...retention,
  ...severalDefaults,
  ...terminating,
  ...waitsForPod,
  ...pastScheduler,
  ...creation,
  ...creationUnknown,
  ...budget,
  ...cordoned,
  ...deadNode,
  ...excessPods,
  ...excluded,
  ...hashRelabel,
  ...inCommon,
  ...daemonSet,
  ...misscheduled,
  ...daemonSetMinReady,
  ...daemonSetMissing,
  ...oldUnavailable,
  ...onDelete,
  ...daemonSetPending,
  ...preemptsOthers,
  ...daemonSetPassing,
  ...removedByUpdate,
  ...statusStale,
  ...surge,
  ...unusualSet,
  ...virtualNode,
  ...wantedNowhere,
  ...budgetFaults,
  ...budgetUnsynced,
  ...drainRefuses,
  ...drainWaits,
  ...notInvolved,
  ...stuckReplacement,
  ...crashProbe,
  ...crash,
  ...flapping,
  ...init,
  ...notStarted,
  ...readiness,
  ...sandbox,
  ...sidecar,
  ...statusUnknown,
  ...waitingReasons,
  ...completed,
  ...disrupted,
  ...failed,
  ...kubeletReasons,
  ...images,
  ...pull,
  ...waiting,
  ...beforeScheduling,
  ...beyondTemplate,
  ...binding,
  ...noScaleUp,
  ...passingNodes,
  ...pinned,
  ...reasons,
  ...toldReasons,
  ...finalizer,
  ...gracePeriod,
  ...nodeLost,
  ...node,
  ...overdue,
  ...volume,
  ...attachMessages,
  ...mountMessages,
  ...statefulSet,
  ...leftoverClaims,
  ...nameHeld,
  ...names,
  ...endpoints,
  ...podAddresses,
  ...apiError,
  ...blockedAtTarget,
  ...lowerOrdinal,
  ...maxUnavailable,
  ...minReady,
  ...rolloutOnDelete,
  ...ordinalRange,
  ...partition,
  ...quorum,
  ...recreate,
  ...revisionDeadlock,
  ...revisionNotCreated,
  ...scaleDown,
  ...spuriousRollout,
  ...service,
  ...serviceSelector,
  ...spread,
  ...staleClaim,
  ...stsStatusStale,
  ...beingDeleted,
  ...controllerDown,
  ...generationLag,
  ...owner,
  ...revisionChurn,
  ...selectorOverlap,
}

/** In a few plain words what a finding means, as loud as it is. */
export function titleOf({id, severity}: Pick<Finding, 'id' | 'severity'>): string {
  const {title, noteTitle = title}: Cause = causes[id]
  return severity === 'info' ? noteTitle : title
}

/** What a cause explains; `own` where its entry says nothing else. */
export function rankOf(id: CauseId): NonNullable<Cause['rank']> | 'own' {
  return causes[id].rank ?? 'own'
}

/** Of the same Pod the one says all that the other does, and why. */
export function covers(id: CauseId, other: CauseId): boolean {
  const covered = causes[id].covers ?? []
  return covered === 'all' || covered.includes(other)
}
