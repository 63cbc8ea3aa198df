import type {Word} from '../../command-line/place.ts'
import {explain} from '../../reports/explain/catalog.ts'

/** Every id of the catalog. */
export const causes: readonly Word[] = explain([]).causes.map(({id, title}) => ({word: id, meaning: title}))
