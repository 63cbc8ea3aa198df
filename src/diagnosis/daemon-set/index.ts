import type {Rule} from '../finding.ts'
import type {DaemonNodeSubject, DaemonSetSubject} from '../subjects.ts'

/** What can be wrong with a DaemonSet as a whole. To add a cause: a file, and a line here. */
export const daemonSetRules: readonly Rule<DaemonSetSubject>[] = []

/** What can be wrong with a DaemonSet on one node. */
export const daemonNodeRules: readonly Rule<DaemonNodeSubject>[] = []
