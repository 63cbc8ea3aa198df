import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {Subject, Ways} from './way.ts'

type LeftPod = Subject<'Pod', Pod>

/** What to do about Pods: somebody may still be served by them. */
export const podWays: Ways<'Pod', Pod> = {
  NodeGone: lost,
  HoldsName: way('only if nobody needs what it runs'),
  NoOwner: way('only if nobody needs what it runs, and its set will not be created again to adopt it'),
}

function lost({object}: LeftPod): Remedy {
  const [namespace, name, node] = [namespaceOf(object), nameOf(object), object.spec?.nodeName]
  return {
    look: [
      kubectl('get', 'pod', '-n', namespace, name, '-o', 'yaml'),
      ...(node ? [kubectl('get', 'nodes', node)] : []),
    ],
    act: [
      {
        text: 'wait some minutes first: the garbage collector deletes Pods of nodes that are gone',
        commands: [],
      },
      {
        text: 'only if it stays, and the machine is certainly off',
        commands: [kubectl('delete', 'pod', '-n', namespace, name)],
      },
    ],
    risk: 'a machine that is still on goes on writing: two members with one identity',
    avoid: '--force before anybody has seen that the machine is off',
    rung: 4,
  }
}

function way(condition: string): (pod: LeftPod) => Remedy {
  return ({object, verdict: {sets: [set = ''] = []}}) => {
    const [namespace, name] = [namespaceOf(object), nameOf(object)]
    return {
      look: [
        kubectl('get', 'pod', '-n', namespace, name, '-o', 'yaml'),
        kubectl('get', 'sts,pods', '-n', namespace, '-o', 'wide'),
      ],
      act: [
        {
          text: `put its labels right if it is a member of ${set}: the controller then adopts it`,
          commands: [],
        },
        {text: condition, commands: [kubectl('delete', 'pod', '-n', namespace, name)]},
      ],
      risk: 'it may serve somebody, and no controller creates it again',
      avoid: '',
      rung: 2,
    }
  }
}
