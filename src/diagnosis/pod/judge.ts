import type {Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Finding} from '../finding.ts'
import {podRules} from './index.ts'
import {podSubject} from './subject.ts'

/**
 * The finding about one Pod, whoever owns it and whoever asks: what is wrong, since when, whether it settles by itself
 * (`info`, `selfHealing`), and whether a person must act (`error`). Undefined where nothing is wrong with it.
 */
export function judgePod(pod: Pod, relations: Relations): Finding | undefined {
  return relations.once('judgePod', pod, () => podRules(podSubject(pod, relations)))
}
