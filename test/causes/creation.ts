import type {CapturedCauses} from './captured-cause.ts'
import {limits} from './creation-limits.ts'
import {policies} from './creation-policies.ts'
import {references} from './creation-references.ts'
import {terminating} from './creation-terminating.ts'

export const creation: CapturedCauses = {...limits, ...references, ...policies, ...terminating}
