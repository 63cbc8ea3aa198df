import {addNodes, threeZones} from '../situations/nodes.ts'
import {localVolume, storageClass} from '../situations/volumes.ts'
import {binary} from './binaries.ts'
import {type ControlPlane, startControlPlane} from './control-plane.ts'

const VOLUMES_PER_NODE = 3

async function play(): Promise<void> {
  const controlPlane = await startControlPlane()
  // kwok and the rest are not waited for, so without this nothing keeps the process.
  const alive = setInterval(() => {}, 60_000)
  const leave = async () => {
    await controlPlane.stop()
    clearInterval(alive)
  }
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  const nodes = threeZones()
  const volumes = nodes.flatMap(({metadata}) => disks(metadata?.name ?? ''))
  await addNodes(controlPlane, nodes)
  await controlPlane.apply([storageClass(), ...volumes])
  console.log(welcome(controlPlane))
}

function disks(node: string) {
  return Array.from({length: VOLUMES_PER_NODE}, (_, index) => localVolume(`${node}-disk-${index}`, node))
}

function welcome({kubeconfig}: ControlPlane): string {
  return `export KUBECONFIG=${kubeconfig}
alias kubectl=${binary('kubectl')}
# Three nodes in three zones, each with three volumes of the StorageClass local. Ctrl-C ends it all.`
}

try {
  await play()
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
