import {patiences} from '../diagnosis/patiences.ts'
import {createMemory} from '../model/memory/memory.ts'
import type {Relate} from '../model/relations.ts'

/** Relations for whoever asks again and again: of one snapshot after the other, what has not changed is not worked out again. */
export function remembering(): Relate {
  return createMemory(patiences)
}
