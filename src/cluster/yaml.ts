import {CORE_SCHEMA, load, loadAll, mergeTag} from 'js-yaml'
import {refuseEndless} from './unfolding.ts'

/** One document, as tolerant as kubectl's: of two equal keys the later one holds. @throws Error for what is none, or never ends. */
export function readYaml(text: string): unknown {
  return bounded(load(text, {schema: CORE_SCHEMA, json: true}), text)
}

/** The first of several documents, where `<<` merges, as Go reads a kubeconfig. @throws Error as above. */
export function readFirstYaml(text: string): unknown {
  return bounded(loadAll(text, {schema: CORE_SCHEMA.withTags(mergeTag), json: true})[0], text)
}

/** Without an alias a document holds no more than its text. */
function bounded(document: unknown, text: string): unknown {
  if (text.includes('*')) refuseEndless(document)
  return document
}
