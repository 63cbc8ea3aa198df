import type {V1Node, V1StatefulSet} from '@kubernetes/client-node'
import {setNodeBehaviour} from '../situations/behaviours.ts'
import {edit, template} from '../situations/edits.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import type {Seeded} from '../tools/seeded.ts'
import {until} from '../tools/until.ts'
import type {Situation} from './situation.ts'

/** What somebody asks about, and what he then does. */
export interface Act {
  readonly ask: readonly string[]
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
