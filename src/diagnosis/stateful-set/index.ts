import {failedVolume} from '../claim/failed-volume.ts'
import {deletedOnScale} from '../claim/retention.ts'
import {severalDefaults} from '../claim/several-defaults.ts'
import {firstCause, type Rule} from '../finding.ts'
import type {OrdinalSubject, SetSubject} from '../subjects.ts'
import {leftoverClaims} from './leftover-claims.ts'
import {nameHeld} from './name-held.ts'
import {nameNotDns, serviceNameInvalid} from './names.ts'
import {hostnameNotPublished, unreadyNotPublished} from './pod-addresses.ts'
import {service} from './service.ts'
import {staleClaim} from './stale-claim.ts'
import {unreachableVolume} from './unreachable-volume.ts'

/** What can be wrong with a set as a whole. To add a cause: a file, and a line here. */
export const setRules: readonly Rule<SetSubject>[] = [
  nameNotDns,
  firstCause([serviceNameInvalid, service, hostnameNotPublished, unreadyNotPublished]),
  deletedOnScale,
  leftoverClaims,
  severalDefaults,
  failedVolume,
]

/** What can be wrong with one ordinal, apart from its claims. */
export const ordinalRules: readonly Rule<OrdinalSubject>[] = [nameHeld, staleClaim, unreachableVolume]
