import type {CapturedCauses} from './captured-cause.ts'
import {company} from './scheduling-company.ts'
import {held} from './scheduling-held.ts'
import {room} from './scheduling-room.ts'
import {volumes} from './scheduling-volumes.ts'

export const scheduling: CapturedCauses = {...room, ...company, ...volumes, ...held}
