import type {CapturedCauses} from './captured-cause.ts'
import {controllers} from './sets-controller.ts'
import {identity} from './sets-identity.ts'
import {rollouts} from './sets-rollout.ts'
import {scaling} from './sets-scale.ts'

export const sets: CapturedCauses = {...rollouts, ...scaling, ...identity, ...controllers}
