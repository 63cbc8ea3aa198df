import type {CapturedCauses} from './captured-cause.ts'
import {crashes} from './kubelet-crashes.ts'
import {failed} from './kubelet-failed.ts'
import {images} from './kubelet-images.ts'
import {starts} from './kubelet-starts.ts'

export const kubelet: CapturedCauses = {...crashes, ...images, ...starts, ...failed}
