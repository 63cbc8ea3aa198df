import {causes as catalog} from '../../diagnosis/causes.ts'
import {ids} from '../../reports/explain/catalog.ts'
import type {Word} from './place.ts'

/** Every id of the catalog. */
export const causes: readonly Word[] = ids.map((word) => ({word, meaning: catalog[word].title}))
