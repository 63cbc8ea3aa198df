import type {Rule} from '../finding.ts'
import type {OrdinalSubject, SetSubject} from '../subjects.ts'
import {leftoverClaims} from './leftover-claims.ts'
import {nameHeld} from './name-held.ts'
import {service} from './service.ts'
import {unreachableVolume} from './unreachable-volume.ts'

/** What can be wrong with a set as a whole. To add a cause: a file, and a line here. */
export const setRules: readonly Rule<SetSubject>[] = [service, leftoverClaims]

/** What can be wrong with one ordinal, apart from its claims. */
export const ordinalRules: readonly Rule<OrdinalSubject>[] = [nameHeld, unreachableVolume]
