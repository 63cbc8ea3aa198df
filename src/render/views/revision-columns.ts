import {listed} from '../../model/listed.ts'
import type {WorkloadRevision, Writer} from '../../reports/rollout/revisions-report.ts'
import {age} from '../human.ts'
import type {Cell, Column} from '../view.ts'
import {none, unknown} from './cells.ts'
import {runsText} from './number-runs.ts'

export interface RevisionRow {
  readonly observedAt: string
  readonly revision: WorkloadRevision
}

/** What is to be told of each revision of a workload. */
export const revisionColumns: readonly Column<RevisionRow>[] = [
  {
    name: 'REVISION',
    description: 'Its number: the highest is the newest',
    cell: ({revision: {number}}) => (number === null ? unknown : String(number)),
  },
  {
    name: 'NAME',
    description: 'Its ControllerRevision',
    shorten: 'middle',
    cell: ({revision}) => nameCell(revision),
  },
  {
    name: 'ROLE',
    description:
      'current: what the controller of a StatefulSet reports as such; update: what Pods are updated to',
    cell: ({revision}) => rolesText(revision) || none,
  },
  {
    name: 'PODS',
    description: 'How many Pods are of it',
    cell: ({revision: {pods}}) =>
      pods === null ? unknown : {text: String(pods), ...(pods === 0 && {tone: 'muted' as const})},
  },
  {
    name: 'RUNS-ON',
    description: 'Ordinals, or nodes, whose Pods are of it',
    yields: 1,
    isFlexible: true,
    cell: ({revision}) => whereCell(revision),
  },
  {
    name: 'AGE',
    description: 'Since its ControllerRevision was created',
    cell: ({revision: {createdAt}, observedAt}) =>
      createdAt === null ? unknown : age(createdAt, observedAt),
  },
  {
    name: 'SET-CHANGED-BY',
    description: 'Who changed the set right before the revision was written',
    yields: 2,
    cell: ({revision, observedAt}) => writerCell(revision.setChangedBy, observedAt),
  },
  {
    name: 'WRITTEN-BY',
    description: 'Who wrote the ControllerRevision last',
    isWide: true,
    cell: ({revision, observedAt}) => writerCell(revision.writtenBy, observedAt),
  },
  {
    name: 'CREATED',
    description: 'When its ControllerRevision was created',
    isWide: true,
    cell: ({revision: {createdAt}}) => createdAt ?? unknown,
  },
  {
    name: 'SAME-AS',
    description: 'A newer one with the same template',
    isWide: true,
    cell: ({revision: {sameAs}}) => sameAs ?? none,
  },
]

function nameCell({name, state}: WorkloadRevision): Cell {
  return state === 'Missing' ? {text: `${name} (deleted)`, tone: 'warn'} : {text: name}
}

function rolesText({isCurrent, isUpdate}: WorkloadRevision): string {
  return [isCurrent && 'current', isUpdate && 'update'].filter(Boolean).join(',')
}

const FEW = 3

function whereCell({ordinals, nodeNames}: WorkloadRevision): Cell | string {
  if (ordinals === null || nodeNames === null) return unknown
  if (ordinals.length > 0) return runsText(ordinals)
  return listed(nodeNames, FEW) || none
}

/** `kubectl-edit, 31m ago`. */
function writerCell(writer: Writer | null, now: string): Cell | string {
  if (!writer) return unknown
  return `${writer.manager}${writer.at === null ? '' : `, ${age(writer.at, now)} ago`}`
}
