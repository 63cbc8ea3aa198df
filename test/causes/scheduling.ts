import type {CapturedCauses} from './captured-cause.ts'
import {affinity} from './scheduling-affinity.ts'
import {blocked} from './scheduling-blocked.ts'
import {room} from './scheduling-room.ts'
import {volumes} from './scheduling-volumes.ts'
import {zones} from './scheduling-zones.ts'

export const scheduling: CapturedCauses = {...room, ...affinity, ...volumes, ...zones, ...blocked}
