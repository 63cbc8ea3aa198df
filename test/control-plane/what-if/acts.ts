import type {V1Node, V1StatefulSet} from '@kubernetes/client-node'
import {setNodeBehaviour} from '../situations/behaviours.ts'
import {edit, template} from '../situations/edits.ts'
import {addNodes} from '../situations/nodes.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import type {Seeded} from '../tools/seeded.ts'
import {until} from '../tools/until.ts'
import {LABEL, type Situation} from './situation.ts'

/** What somebody asks about, and what he then does. */
export interface Act {
  readonly ask: readonly string[]
  /** What is done before anybody asks. */
  readonly prepare?: (controlPlane: ControlPlane) => Promise<void>
  /** The node that it adds. */
  readonly adds?: V1Node
  readonly run: (controlPlane: ControlPlane) => Promise<void>
}

const IGNORED = ['--ignore-daemonsets', '--delete-emptydir-data', '--force', '--disable-eviction=false']

/** Longer than any drain takes that ends. */
const DRAIN = '--timeout=25s'

export function anyAct(random: Seeded, situation: Situation): Act {
  const {namespace, nodes, sets, hasDaemons} = situation
  const at = ['-n', namespace]
  const node = random.pick(nodes).metadata?.name ?? ''
  const set = random.pick(sets)
  const name = set.metadata?.name ?? ''
  const kind = random.pick([
    'drain',
    'drain',
    'drain',
    'scale',
    'scale',
    'update',
    'update',
    'delete',
    'set',
    'taint',
    'lose',
    'daemons',
  ])
  switch (kind) {
    case 'scale':
      return scale(name, at, random.below(5))
    case 'update':
      return update(set, at)
    case 'delete':
      return deletePod(set, at, random)
    case 'set':
      return deleteSet(name, at, random.chance(40))
    case 'taint':
      return taint(node)
    case 'lose':
      return lose(node)
    case 'daemons':
      return hasDaemons ? updateDaemons(at) : drain([node])
    default: {
      const other = nodes[0]?.metadata?.name ?? ''
      return drain(random.chance(25) && other !== node ? [node, other] : [node])
    }
  }
}

/** The same of what nobody else asks: nodes that are changed or added, claims, the pace of an update. */
export function anyOtherAct(random: Seeded, situation: Situation): Act {
  const {namespace, nodes, sets, hasDaemons} = situation
  const at = ['-n', namespace]
  const node = random.pick(nodes)
  const name = node.metadata?.name ?? ''
  const set = random.pick(sets)
  switch (
    random.pick(['cordon', 'label', 'label', 'taint', 'join', 'join', 'claim', 'claim', 'pace', 'pace'])
  ) {
    case 'cordon':
      return onNode(['cordon', name], ['cordon', `node/${name}`])
    case 'label': {
      const label = random.pick([`${LABEL}-`, `${LABEL}-`, 'disk=ssd', `${ZONE}=${namespace}-zone-1`])
      return onNode(['label', 'node', name, label, '--overwrite'], ['label', `node/${name}`, label])
    }
    case 'taint':
      return onNode(
        ['taint', 'node', name, 'mine=yes:NoSchedule'],
        ['taint', `node/${name}`, 'mine=yes:NoSchedule'],
      )
    case 'join':
      return join(
        node,
        random.pick([undefined, ['cordon', name], ['taint', 'node', name, 'mine=yes:NoSchedule']]),
      )
    case 'claim': {
      const [db = set] = sets
      return db.spec?.volumeClaimTemplates?.length
        ? deleteClaim(db, at, random)
        : onNode(['cordon', name], ['cordon', name])
    }
    default:
      return hasDaemons && random.chance(40) ? paceDaemons(at, random) : pace(set, at, random)
  }
}

const ZONE = 'topology.kubernetes.io/zone'
const HOSTNAME = 'kubernetes.io/hostname'

function onNode(words: readonly string[], ask: readonly string[]): Act {
  return {ask, run: async ({kubectl}) => void (await kubectl(words))}
}

/** One more node of that kind, after something was done to the one that is its model. */
function join(like: V1Node, before: readonly string[] | undefined): Act {
  const {name: model = '', labels} = like.metadata ?? {}
  const name = `${model}-x`
  const isTainted = before?.[0] === 'taint'
  const spec = isTainted ? {taints: [{key: 'mine', value: 'yes', effect: 'NoSchedule'}]} : {}
  const adds: V1Node = {...like, spec, metadata: {name, labels: {...labels, [HOSTNAME]: name}}}
  return {
    ask: ['join', '--like', `node/${model}`],
    adds,
    ...(before && {prepare: async ({kubectl}) => void (await kubectl(before))}),
    run: (controlPlane) => addNodes(controlPlane, [adds]),
  }
}

function deleteClaim(set: V1StatefulSet, at: readonly string[], random: Seeded): Act {
  const first = set.spec?.ordinals?.start ?? 0
  const isAnyThere = set.spec?.podManagementPolicy === 'Parallel'
  const name = `data-${set.metadata?.name}-${first + (isAnyThere ? random.below(set.spec?.replicas ?? 1) : 0)}`
  return {
    ask: ['delete', `pvc/${name}`, ...at],
    run: async ({kubectl}) => void (await kubectl(['delete', 'pvc', name, '--wait=false', ...at])),
  }
}

/** An update with another pace: first that, then the image. */
function pace(set: V1StatefulSet, at: readonly string[], random: Seeded): Act {
  const maxUnavailable = random.pick([1, 2, 3, '50%', '100%'])
  const rollingUpdate = {...set.spec?.updateStrategy?.rollingUpdate, maxUnavailable}
  const updated = update(set, at)
  return {
    ask: [...updated.ask, `--max-unavailable=${maxUnavailable}`],
    run: async (controlPlane) => {
      const name = set.metadata?.name ?? ''
      await edit(controlPlane, 'statefulsets', [at[1] ?? '', name], {
        updateStrategy: {type: 'RollingUpdate', rollingUpdate},
      })
      await updated.run(controlPlane)
    },
  }
}

function paceDaemons(at: readonly string[], random: Seeded): Act {
  const maxUnavailable = random.pick([1, 2, '50%', '100%'])
  const updateStrategy = {type: 'RollingUpdate', rollingUpdate: {maxUnavailable}}
  return {
    ask: ['update', 'ds/agent', `--max-unavailable=${maxUnavailable}`, ...at],
    run: (controlPlane) =>
      edit(controlPlane, 'daemonsets', [at[1] ?? '', 'agent'], {
        updateStrategy,
        ...template('agent:2', 'ready'),
      }),
  }
}

function drain(nodes: readonly string[]): Act {
  return {
    ask: ['drain', ...nodes.map((node) => `node/${node}`)],
    run: async ({kubectl}) => {
      const once = () => kubectl(['drain', ...nodes, ...IGNORED, DRAIN])
      // on a busy machine what was evicted may not be back in time
      if ((await once()).code !== 0) await once()
    },
  }
}

function scale(name: string, at: readonly string[], replicas: number): Act {
  return {
    ask: ['scale', `sts/${name}`, `--replicas=${replicas}`, ...at],
    run: async ({kubectl}) => void (await kubectl(['scale', 'sts', name, `--replicas=${replicas}`, ...at])),
  }
}

function update(set: V1StatefulSet, at: readonly string[]): Act {
  const name = set.metadata?.name ?? ''
  return {
    ask: ['update', `sts/${name}`, ...at],
    run: async ({kubectl}) =>
      void (await kubectl(['set', 'image', `sts/${name}`, 'app=registry.example/db:2', ...at])),
  }
}

function updateDaemons(at: readonly string[]): Act {
  return {
    ask: ['update', 'ds/agent', ...at],
    run: async (controlPlane) =>
      edit(controlPlane, 'daemonsets', [at[1] ?? '', 'agent'], template('agent:2', 'ready')),
  }
}

function deletePod(set: V1StatefulSet, at: readonly string[], random: Seeded): Act {
  const first = set.spec?.ordinals?.start ?? 0
  // of an ordered set that has come to a stop the others may not be there
  const isAnyThere = set.spec?.podManagementPolicy === 'Parallel'
  const pod = `${set.metadata?.name}-${first + (isAnyThere ? random.below(set.spec?.replicas ?? 1) : 0)}`
  return {
    ask: ['delete', `pod/${pod}`, ...at],
    run: async ({kubectl}) => void (await kubectl(['delete', 'pod', pod, '--wait=false', ...at])),
  }
}

function deleteSet(name: string, at: readonly string[], isOrphaning: boolean): Act {
  const cascade = isOrphaning ? ['--cascade=orphan'] : []
  return {
    ask: ['delete', `sts/${name}`, ...cascade, ...at],
    run: async ({kubectl}) => void (await kubectl(['delete', 'sts', name, ...cascade, ...at])),
  }
}

function taint(node: string): Act {
  const spec = 'mine=yes:NoExecute'
  return {
    ask: ['taint', `node/${node}`, spec],
    run: async ({kubectl}) => void (await kubectl(['taint', 'node', node, spec])),
  }
}

/** The machine is off, and somebody says so. */
function lose(node: string): Act {
  return {
    ask: ['lose', `node/${node}`],
    run: async (controlPlane) => {
      await setNodeBehaviour(controlPlane, node, 'unreachable')
      const read = () => controlPlane.get<V1Node>(`/api/v1/nodes/${node}`)
      await until(`${node} is silent`, read, ({spec}) =>
        (spec?.taints ?? []).some(({key}) => key === 'node.kubernetes.io/unreachable'),
      )
      await controlPlane.kubectl([
        'taint',
        'node',
        node,
        'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute',
      ])
    },
  }
}
