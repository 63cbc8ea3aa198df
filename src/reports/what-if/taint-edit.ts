import type {Taint} from '../../model/objects.ts'
import type {Change, TaintEdit} from './change.ts'
import type {Subjects} from './subjects.ts'

type Tainting = Extract<Change, {readonly action: 'taint'}>

/** Without an effect all of that key are meant. */
export function isMeant({taint: {key, effect}}: TaintEdit, there: Taint): boolean {
  return key === there.key && (!effect || effect === there.effect)
}

/** kubectl's words for a taint to be taken away that none of the nodes has: deleteTaints in its cmd/taint (1.27 to 1.37). */
export function absentTaint({edits}: Tainting, {nodes}: Subjects): string | undefined {
  const isThere = (edit: TaintEdit) =>
    nodes.some(({spec}) => spec?.taints?.some((each) => isMeant(edit, each)))
  const absent = edits.find((edit) => edit.isRemoved && !isThere(edit))
  if (!absent || nodes.length === 0) return undefined
  const {key, effect} = absent.taint
  return `error: taint ${JSON.stringify(effect ? `${key}:${effect}` : key)} not found`
}
