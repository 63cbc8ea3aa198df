import type {ResourceKey} from '../../model/snapshot.ts'
import type {Causes} from '../cause.ts'
import {failedVolume} from '../claim/failed-volume.ts'
import {deletedOnScale} from '../claim/retention.ts'
import {severalDefaults} from '../claim/several-defaults.ts'
import {firstCause, type Rule} from '../finding.ts'
import type {OrdinalSubject, SetSubject} from '../subjects.ts'
import {endpointStale} from './endpoints.ts'
import {leftoverClaims} from './leftover-claims.ts'
import {nameHeld} from './name-held.ts'
import {nameNotDns, serviceNameInvalid} from './names.ts'
import {hostnameNotPublished, unreadyNotPublished} from './pod-addresses.ts'
import {service} from './service.ts'
import {spread} from './spread.ts'
import {staleClaim} from './stale-claim.ts'
import {statusStale} from './status-stale.ts'
import {unreachableVolume} from './unreachable-volume.ts'

export const causes = {
  'sts-update-forbidden-field': {
    title: 'API server refuses the edit',
    applies: ['StatefulSet'],
    sign: '`kubectl apply` says `updates to statefulset spec for fields other than`, or from 1.37 `field is immutable`. Claim templates, `serviceName`, selector and `podManagementPolicy` stay as they were created, and nothing of the edit was taken.',
    remedy: '`kubectl delete statefulset <set> --cascade=orphan`, then apply the new one; the Pods run on.',
    risk: 'between the two steps nobody replaces a Pod of the set that is lost; existing claims keep their size and class',
    unseen: 'The API server refuses the edit, and nothing of it is left to be read.',
  },
} satisfies Causes

/** What can be wrong with a set as a whole. To add a cause: a file, and a line here. */
export const setRules: readonly Rule<SetSubject>[] = [
  nameNotDns,
  firstCause([serviceNameInvalid, service, hostnameNotPublished, unreadyNotPublished]),
  endpointStale,
  deletedOnScale,
  leftoverClaims,
  severalDefaults,
  failedVolume,
  spread,
]

/** What is to be known of the set itself in every answer. */
export const statusRules: readonly Rule<SetSubject>[] = [statusStale]

/** What can be wrong with one ordinal, apart from its claims. */
export const ordinalRules: readonly Rule<OrdinalSubject>[] = [nameHeld, staleClaim, unreachableVolume]

/** Kinds that the rules about a StatefulSet and its ordinals look at. What is asked must read these, or the rules must ask whether they were read. */
export const looksAt = [
  'daemonSets',
  'endpointSlices',
  'events',
  'nodes',
  'persistentVolumeClaims',
  'persistentVolumes',
  'pods',
  'services',
  'statefulSets',
  'storageClasses',
] as const satisfies readonly ResourceKey[]
