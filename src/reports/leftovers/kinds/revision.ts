import {deletingRevision} from '../../../diagnosis/leftover/deleting.ts'
import {revisionWays} from '../../../diagnosis/leftover/revision-ways.ts'
import {revisionVerdict} from '../../../model/leftover/revision.ts'
import type {Left} from '../../../model/leftover/verdict.ts'
import {type ControllerRevision, controllerOf} from '../../../model/objects.ts'
import type {Kind, Told} from './kind.ts'

export const REVISION: Kind<'ControllerRevision', ControllerRevision> = {
  kind: 'ControllerRevision',
  verdictOf: revisionVerdict,
  deletingOf: () => deletingRevision,
  told,
  ways: revisionWays,
}

function told(revision: ControllerRevision, {reason}: Left<'ControllerRevision'>): Told {
  const {kind, name} = controllerOf(revision) ?? {}
  const gone = `${kind} ${name}, which owns it, is gone`
  return {
    severity: 'info',
    message: reason === 'OwnerGone' ? gone : 'no owner, and no set that would adopt it',
  }
}
