import {isPassing, type KnownTaint, knownTaint, type TaintKind} from '../model/known-taints.ts'
import {isNodeReady} from '../model/node.ts'
import {type Node, nameOf, type Taint} from '../model/objects.ts'
import {OUT_OF_SERVICE, taintText} from '../model/taints.ts'
import {kubectl} from './kubectl-command.ts'
import {conditionTrouble, isSilent, networkTrouble, notReadyTrouble} from './node-trouble.ts'

/** What is wrong with a node that its taints are only a sign of: to tolerate them, or to take them off, fixes nothing. */
export interface PassingState {
  readonly kind: 'starting' | 'ready' | 'pressure' | 'leaving'
  readonly name: string
  /** After the name of the node: `is not ready`. */
  readonly text: string
  /** Nobody can say how long it lasts: somebody works on the node, and it goes on to run what it runs. */
  readonly isLasting?: true
  /** RFC 3339. */
  readonly since: string | undefined
  readonly evidence: readonly string[]
  /** What ends it. */
  readonly advice: string
  /** What to look at beside the node. */
  readonly commands: readonly string[]
}

/** Undefined where one of the taints keeps Pods away on purpose, and permanently. */
export function passingState(node: Node, taints: readonly Taint[]): PassingState | undefined {
  const ready = isNodeReady(node)
  const isSign = (taint: Taint) => isPassing(taint) || (!ready && taint.key === OUT_OF_SERVICE)
  if (taints.length === 0 || !taints.every(isSign)) return undefined
  const kinds = orderFor(node).find((each) => taints.some((taint) => each.includes(kindOf(taint))))
  const taint = taints.find((each) => kinds?.includes(kindOf(each)))
  const known = taint && knownTaint(taint)
  return taint && known && {...stateOf(node, taint, known), name: nameOf(node)}
}

function kindOf(taint: Taint): TaintKind {
  return knownTaint(taint)?.kind ?? 'pool'
}

/** Which of several explains the others: a silent kubelet every agent's silence, and a missing agent an unready node. */
function orderFor(node: Node): readonly (readonly TaintKind[])[] {
  const lost: readonly TaintKind[] = ['ready', 'out-of-service', 'shutdown']
  const others: readonly (readonly TaintKind[])[] = [
    ['starting'],
    ['shutdown'],
    ['ready', 'out-of-service'],
    ['network'],
    ['pressure'],
  ]
  return [['leaving'], ['maintenance'], ...(isSilent(node) ? [lost] : []), ...others]
}

type State = Omit<PassingState, 'name'>

function stateOf(node: Node, taint: Taint, known: KnownTaint): State {
  switch (known.kind) {
    case 'leaving':
      return leaving(node, taint, `is being taken away by ${known.by}`, 'it does not come back')
    case 'maintenance':
      return {
        ...leaving(node, taint, `is kept free by ${known.by}`, 'wait until that is done'),
        isLasting: true,
      }
    case 'starting':
      return starting(node, taint, known)
    case 'pressure':
      return pressed(node, taint, known)
    case 'shutdown':
      return {...unready(node, taint), text: 'is shut down: the cloud says that its machine is off'}
    case 'network':
      return {...unready(node, taint), ...networkTexts(node)}
    default:
      return unready(node, taint)
  }
}

function taintEvidence(node: Node, taint: Taint): string {
  const added = taint.timeAdded ? `, timeAdded=${taint.timeAdded}` : ''
  return `node/${nameOf(node)} taint ${taintText(taint)}${added}`
}

function leaving(node: Node, taint: Taint, text: string, advice: string): State {
  const evidence = [taintEvidence(node, taint)]
  return {kind: 'leaving', text, since: taint.timeAdded, evidence, advice, commands: []}
}

function starting(node: Node, taint: Taint, {by}: KnownTaint): State {
  const name = nameOf(node)
  return {
    kind: 'starting',
    text: `is not set up yet: ${by} has not removed taint ${taintText(taint)}`,
    since: taint.timeAdded ?? node.metadata?.creationTimestamp,
    evidence: [taintEvidence(node, taint)],
    advice: `see why ${by} does not run, or does not finish on node ${name}: it removes that taint itself`,
    commands: [kubectl('get', 'pods', '-A', '-o', 'wide', '--field-selector', `spec.nodeName=${name}`)],
  }
}

function pressed(node: Node, taint: Taint, {mirrors = ''}: KnownTaint): State {
  const trouble = conditionTrouble(node, {[mirrors]: `is short of resources, with ${mirrors}`})
  return {
    kind: 'pressure',
    text: trouble?.text ?? `has just been short of resources (${mirrors})`,
    since: trouble?.since ?? taint.timeAdded,
    evidence: [trouble?.evidence ?? '', taintEvidence(node, taint)].filter(Boolean),
    advice: `see what uses up node ${nameOf(node)}: the taint is removed once its kubelet no longer reports ${mirrors}`,
    commands: [],
  }
}

function unready(node: Node, taint: Taint): State {
  const [name, trouble] = [nameOf(node), notReadyTrouble(node)]
  const heal = isSilent(node)
    ? `bring node ${name} back: see its machine, its network and its kubelet, which is silent`
    : `repair node ${name}: its kubelet says what is wrong`
  return {
    kind: 'ready',
    text: trouble?.text ?? `still has taint ${taintText(taint)}, though it is ready again`,
    since: trouble?.since ?? taint.timeAdded,
    evidence: [trouble?.evidence ?? `node/${name} condition Ready=True`, taintEvidence(node, taint)],
    advice: trouble
      ? `${heal}; ${taint.key === OUT_OF_SERVICE ? 'then take the out-of-service taint away' : 'its taint is then removed by itself'}`
      : 'wait: the taint is removed within seconds; if it stays, see whether the controller manager runs',
    commands: [],
  }
}

function networkTexts(node: Node): Partial<State> {
  const trouble = networkTrouble(node)
  return {
    text: trouble?.text ?? 'has no network yet',
    ...(trouble && {since: trouble.since}),
    advice: `see why node ${nameOf(node)} has no network: its routes, or the agent of its network there; its taint is then removed by itself`,
  }
}
