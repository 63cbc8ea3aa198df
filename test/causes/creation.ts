import type {CapturedCauses} from './captured-cause.ts'
import {endings} from './creation-endings.ts'
import {limits} from './creation-limits.ts'
import {policies} from './creation-policies.ts'
import {references} from './creation-references.ts'

export const creation: CapturedCauses = {...limits, ...references, ...policies, ...endings}
