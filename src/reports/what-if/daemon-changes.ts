import type {Recount} from '../../model/foretold/recount.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {DaemonSetChange} from './report.ts'

/** What a DaemonSet would count otherwise, and where it comes and goes. */
export function changeOf({daemonSet, before, after, joins, leaves}: Recount): DaemonSetChange {
  return {
    namespace: namespaceOf(daemonSet),
    name: nameOf(daemonSet),
    desired: {before: before.desiredNumberScheduled, after: after.desiredNumberScheduled},
    misscheduled: {before: before.numberMisscheduled, after: after.numberMisscheduled},
    available: {before: before.numberAvailable, after: after.numberAvailable},
    joins,
    leaves,
  }
}
