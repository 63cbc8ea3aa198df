import type {CapturedCauses} from './captured-cause.ts'
import {attaching} from './nodes-attach.ts'
import {disruptions} from './nodes-drain.ts'
import {leaving} from './nodes-leaving.ts'

export const nodes: CapturedCauses = {...leaving, ...attaching, ...disruptions}
