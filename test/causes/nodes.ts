import type {CapturedCauses} from './captured-cause.ts'
import {attaching} from './nodes-attach.ts'
import {disruptions} from './nodes-drain.ts'
import {passing} from './nodes-passing.ts'
import {terminating} from './nodes-terminating.ts'

export const nodes: CapturedCauses = {...terminating, ...passing, ...attaching, ...disruptions}
