import {setHeldUpBy} from '../../model/leftover/pod.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {foreignHolderRemedy} from '../stateful-set/name-held-remedy.ts'
import type {Subject, Ways} from './way.ts'

type LeftPod = Subject<'Pod', Pod>

/** What to do about Pods: somebody may still be served by them. */
export const podWays: Ways<'Pod', Pod> = {
  NodeGone: lost,
  HoldsName: held,
  NoOwner: adrift,
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

/** What the cause says that `map` and `why` name for it. */
function held(subject: LeftPod): Remedy {
  const {object, relations} = subject
  const set = setHeldUpBy(object, relations)
  return set ? foreignHolderRemedy(set, object) : unwanted(subject)
}

/** The controller deletes what it adopts and does not want. */
function unwanted({object, verdict, relations}: LeftPod): Remedy {
  const {sets: [name = ''] = [], ordinal} = verdict
  const set = relations.statefulSet(namespaceOf(object), name)
  const remedy = deletion(object, 'only if nobody needs what it runs')
  if (set?.metadata?.deletionTimestamp) return remedy
  const avoid = `give it the labels of ${name} to keep it: the controller adopts it, and deletes it, since it wants no ordinal ${ordinal}`
  return {...remedy, avoid}
}

function adrift({object, verdict: {sets: [set = ''] = []}}: LeftPod): Remedy {
  const remedy = deletion(object, 'only if nobody needs what it runs, and its set will not be created again')
  const again = {
    text: `if you want its set back, create StatefulSet ${set} again with a selector that matches its labels: its controller adopts it as it runs, and updates it in its turn`,
    commands: [],
  }
  return {...remedy, act: [again, ...remedy.act]}
}

function deletion(pod: Pod, condition: string): Remedy {
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  return {
    look: [
      kubectl('get', 'pod', '-n', namespace, name, '-o', 'yaml'),
      kubectl('get', 'sts,pods', '-n', namespace, '-o', 'wide'),
    ],
    act: [{text: condition, commands: [kubectl('delete', 'pod', '-n', namespace, name)]}],
    risk: 'it may serve somebody, and no controller creates it again',
    avoid: '',
    rung: 2,
  }
}
