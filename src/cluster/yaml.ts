import {CORE_SCHEMA, load} from 'js-yaml'
import {bounded} from './unfolding.ts'

/** One document, as tolerant as kubectl's: of two equal keys the later one holds. @throws Error for what is none, or never ends. */
export function readYaml(text: string): unknown {
  return bounded(load(text, {schema: CORE_SCHEMA, json: true}), text)
}
