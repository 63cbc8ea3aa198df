import {type ControllerRevision, nameOf} from '../../model/objects.ts'
import {templateChanges} from '../../model/revisions/template-changes.ts'
import type {RevisionUses} from './revision-uses.ts'
import type {RevisionDifference} from './revisions-report.ts'

/** How to compare. */
interface Comparing {
  readonly showsValues: boolean
  readonly seesRevisions: boolean
}

/** What an update changes: to the update revision from each other one in use, or, where none is, from the one before. */
export function differencesOf(uses: RevisionUses, comparing: Comparing): readonly RevisionDifference[] {
  const {updateKey, currentKey, podsOf} = uses
  if (updateKey === undefined) return []
  const inUse = [...new Set([currentKey, ...podsOf.keys()])].filter(
    (key) => key !== undefined && key !== updateKey,
  )
  const pairs = inUse.map((key) => ({
    key,
    basis: key === currentKey ? ('Current' as const) : ('InUse' as const),
  }))
  const before = previousKey(uses)
  if (pairs.length > 0) return pairs.map(({key, basis}) => compared(key ?? '', basis, uses, comparing))
  return before === undefined ? [] : [compared(before, 'Before', uses, comparing)]
}

/** The one with the next lower number. */
function previousKey({revisions, keyOf, updateKey}: RevisionUses): string | undefined {
  const update = revisions.find((each) => keyOf(each) === updateKey)
  if (!update) return undefined
  const older = revisions.filter(({revision}) => revision < update.revision)
  const [previous] = older.toSorted((left, right) => right.revision - left.revision)
  return previous && keyOf(previous)
}

function compared(
  key: string,
  basis: RevisionDifference['basis'],
  {revisions, keyOf, updateKey}: RevisionUses,
  {showsValues, seesRevisions}: Comparing,
): RevisionDifference {
  const [from, to] = [key, updateKey ?? ''].map((wanted) => ({
    key: wanted,
    revision: revisions.find((each) => keyOf(each) === wanted),
  }))
  const pair = {from: nameIn(from), to: nameIn(to), basis}
  const [before, after] = [from?.revision?.data?.template, to?.revision?.data?.template]
  if (!before || !after) {
    const unknown = [from, to].filter((each) => !each?.revision?.data?.template)
    return {...pair, known: 'Unknown', reason: whyUnknown(unknown, seesRevisions), changes: []}
  }
  const changes = templateChanges(before, after, showsValues)
  const isInPart = [from, to].some((each) => each?.revision?.data?.isInPart)
  const isSame = from?.revision?.data?.fingerprint === to?.revision?.data?.fingerprint
  return {
    ...pair,
    known: isInPart ? 'InPart' : 'Whole',
    reason: reasonOf(changes.length, isInPart, isSame),
    changes,
  }
}

interface Side {
  readonly key: string
  readonly revision: ControllerRevision | undefined
}

function nameIn(side: Side | undefined): string {
  return side?.revision ? nameOf(side.revision) : (side?.key ?? '')
}

function whyUnknown(sides: readonly (Side | undefined)[], seesRevisions: boolean): string {
  const names = sides.map(nameIn).join(', ')
  if (!seesRevisions) return 'not all controllerrevisions could be read'
  const isGone = sides.some((side) => !side?.revision)
  if (isGone) return `ControllerRevision ${names} is gone, and with it the template that it held`
  return `the template of ${names} is not known: a file that was saved by an older version, or by hand, lacks it`
}

const LEFT_OUT = "a snapshot keeps no environment, commands, arguments, probes' requests and annotations"

function reasonOf(count: number, isInPart: boolean, isSame: boolean): string | null {
  if (isSame) return 'the two hold the same template'
  if (isInPart && count === 0) return `what differs was not saved: ${LEFT_OUT}`
  if (isInPart) return `more may differ: ${LEFT_OUT}`
  return count === 0
    ? 'they differ only in how the template is written, as after an upgrade of the control plane'
    : null
}
