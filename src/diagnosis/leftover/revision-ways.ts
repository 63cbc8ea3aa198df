import {type ControllerRevision, nameOf, namespaceOf} from '../../model/objects.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {Subject, Ways} from './way.ts'

/** What to do about revisions: nothing, as a rule. */
export const revisionWays: Ways<'ControllerRevision', ControllerRevision> = {NoOwner: way, OwnerGone: way}

function way({object}: Subject<'ControllerRevision', ControllerRevision>): Remedy {
  const [namespace, name] = [namespaceOf(object), nameOf(object)]
  return {
    look: [
      kubectl('get', 'controllerrevisions', '-n', namespace, name, '-o', 'yaml'),
      kubectl('get', 'sts,ds', '-n', namespace),
    ],
    act: [
      {
        text: 'leave it, it costs nothing; delete it only if its set will not be created again around its Pods (--cascade=orphan)',
        commands: [kubectl('delete', 'controllerrevisions', '-n', namespace, name)],
      },
    ],
    risk: 'a set that is created again to adopt its Pods has nothing to roll back to',
    avoid: '',
    rung: 1,
  }
}
