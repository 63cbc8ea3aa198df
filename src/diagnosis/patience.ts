/** Every patience there is, in seconds unless it says otherwise: how long what looks like trouble may just take its time. */

/* The scheduler, and what comes before and after it. */

/** The scheduler, the binder and a provisioner need some seconds even where all is well. */
export const SETTLING_SECONDS = 15
/** A scheduler that works says something within seconds. */
export const SCHEDULER_SECONDS = 60
/** An autoscaler brings a node within that time, if it does; the room that an old Pod left is found long before. */
export const PENDING_SECONDS = 300

/* Names. */

/** The EndpointSlice controller follows a Pod within seconds, and lists of two kinds are of two moments. */
export const PUBLISHED_SECONDS = 30

/* Nodes. */

/** Until then plugins of a new node register, its network comes up, and what fails there may heal itself. */
export const JOINING_SECONDS = 120
/** A restarted kubelet takes that long; `Unknown` is set only after 40 to 50 s of silence. */
export const BLIP_SECONDS = 60
/** The garbage collector's quarantine of 40 s, its loop of 20 s (podgc), and some slack. */
export const COLLECTED_SECONDS = 180
/** The garbage collector of terminating Pods looks every 20 s (podgc). */
export const OUT_OF_SERVICE_SECONDS = 60

/* A Pod that starts. */

/** To be given a sandbox, or to answer the first probes, takes that long without anything being wrong. */
export const STARTING_SECONDS = 60
/** A kubelet that has tried again for so long has failed four or five times (10 s doubling to 5 min). */
export const RETRIED_SECONDS = 120
/** To be bound, mounted and given a sandbox takes a Pod less, if nothing is wrong. */
export const QUIET_SECONDS = 300
/** Nothing is wrong but the time: as long as a Deployment gives its Pods (progressDeadlineSeconds). */
export const SILENT_SECONDS = 600
/** Beyond what its own probe allows nobody expects a container to take any longer. */
export const PROBE_SLACK_SECONDS = 30
/** Restarts may be long past: so many of a Pod that has not become ready since are worth a word. */
export const MANY_RESTARTS = 3
/** Between its crashes a container may be ready for a moment, and the clock begins again: so many restarts … */
export const HOPELESS_RESTARTS = 5
/** … at less than that many seconds each are too many. */
export const HOPELESS_PACE_SECONDS = 600
/** The longest back-off, and the time without a crash after which a kubelet forgets it (2 × 5 min), and some slack. */
export const CRASH_FORGOTTEN_SECONDS = 900
/** A kubelet repeats within minutes what still goes wrong: what it has not said for so long is over. */
export const LAST_TOLD_SECONDS = 600
/** What happened so many times is no accident. */
export const OFTEN = 3
/** A container that gives up on others has looked for them for so long; one that is broken ends within seconds. */
export const GIVING_UP_SECONDS = 30
/** A Pod that has been ready for longer has settled, whatever it did before. */
export const SETTLED_SECONDS = 300

/* A Pod that stops, or has failed. */

/** The deletion time includes the grace period; a kubelet needs some seconds more. */
export const KUBELET_SECONDS = 30
/** A controller replaces a Pod that failed for the first time within that time. */
export const REPLACED_SECONDS = 30
/** What has finished is replaced within seconds of its turn, or by this controller never. */
export const LEFT_SECONDS = 120
/** A deletion of a whole set that has only just begun is nothing to worry about. */
export const DELETION_SECONDS = 120

/* Volumes and claims. */

/** The attach-detach controller waits that long for a driver before it says so. */
export const ATTACH_SECONDS = 120
/** To detach from one node and to attach to the next takes that long where all is well. */
export const MOVE_SECONDS = 60
/** Six minutes after a node went down its volumes are detached by force, and a driver that fails has been tried as often; some slack. */
export const FORCED_DETACH_SECONDS = 420
/** A provisioner that has had less is not late yet. */
export const PROVISIONER_SECONDS = 60
/** A resizer that works begins within seconds. */
export const RESIZER_SECONDS = 60
/** A driver may need minutes to change a volume. */
export const MODIFIED_SECONDS = 300
/** A claim that nobody mounts is gone within seconds of its deletion. */
export const CLAIM_DELETED_SECONDS = 60
/** The controller creates claim and Pod together: the claims may have been listed before, and the Pods after. */
export const AT_ONCE_SECONDS = 10
/** Whoever applies a set and its claims together creates them at about the same time. */
export const TOGETHER_SECONDS = 60

/* Controllers. */

/** The DaemonSet controller needs some seconds for a node that has just joined, and between two steps. */
export const CONTROLLER_SECONDS = 30
/** A busy controller looks at a new generation within that time. */
export const OBSERVED_SECONDS = 60
/** A creation that is refused has been tried several times by then. */
export const REFUSED_SECONDS = 60
/** A controller never waits longer than 1000 s before it tries again. */
export const LONGEST_RETRY_SECONDS = 1200
/** A Pod whose minReadySeconds were over so long ago was overlooked by the controller. */
export const OVERLOOKED_SECONDS = 60
/** The leader renews its Lease every two seconds and loses it after fifteen; clocks may differ by some. */
export const LEASE_SECONDS = 60
/** A revision is created within that time after the change of the template. */
export const SAME_EDIT_SECONDS = 10
/** Whoever made the change may still be wondering why no Pod moves. */
export const RECENT_EDIT_SECONDS = 900
/** A person who tries out templates edits less often … */
export const MANY_REVISIONS = 4
/** … within that time. */
export const CHURN_SECONDS = 900
/** So long a sign of trouble has to last before a wait that fails fast ends: some last for a moment only. */
export const SIGN_SECONDS = 15
/** A longer pause between two Pods says that nobody was rolling anything out. */
export const PAUSE_SECONDS = 21_600
/** While a Pod of a rollout, or of a drain before, is away, that is as it should be. */
export const DRAIN_SECONDS = 300

/** Seconds from one RFC 3339 time to another; NaN, of which no comparison is true, where one is not known. */
export function secondsBetween(from: string | undefined, to: string | undefined): number {
  return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000
}
