import {createReadStream, statSync} from 'node:fs'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {setTimeout as sleep} from 'node:timers/promises'
import type {V1Pod, V1PodList} from '@kubernetes/client-node'
import type {ControlPlane} from '../tools/control-plane.ts'
import {until} from '../tools/until.ts'

/** How long nothing happens when nothing more will. */
const QUIET = 300
/** The same, where something should. */
const HOPEFUL = 1000
const OFTEN = 40
const PATIENCE = 5000
const OFTEN_READ = {interval: 20}

interface Look {
  readonly state: string
  /** Somebody still has something to do. */
  readonly isAwaited?: boolean
}

/** Waits, though not without end, until what is read stays the same for a while. */
async function untilQuiet(read: () => Promise<Look>): Promise<void> {
  const deadline = performance.now() + PATIENCE
  let last = await read()
  let since = performance.now()
  const enough = () => since + (last.isAwaited ? HOPEFUL : QUIET)
  while (performance.now() < Math.min(enough(), deadline)) {
    await sleep(OFTEN)
    const now = await read()
    if (now.state !== last.state) since = performance.now()
    last = now
  }
}

/** Waits until kubelets and scheduler have nothing more to do for the Pods of a namespace. */
export async function workersIdle({get}: ControlPlane, namespace: string): Promise<void> {
  await untilQuiet(async () => {
    const {items} = await get<V1PodList>(`/api/v1/namespaces/${namespace}/pods`)
    const state = items.map(({metadata}) => `${metadata?.uid} ${metadata?.resourceVersion}`).join()
    return {state, isAwaited: items.some(isAwaited)}
  })
}

/** Neither scheduler nor kubelet has looked at it, or the kubelet has not stopped it. */
function isAwaited({metadata, spec, status}: V1Pod): boolean {
  const behaviours = Object.values(metadata?.annotations ?? {})
  const isLeft = behaviours.some((each) => each === 'manual' || each === 'hang-terminating')
  if (metadata?.deletionTimestamp) return !isLeft
  return spec?.nodeName ? !isLeft && !status?.startTime : !status?.conditions?.length
}

/** With it the log tells of each sync. */
export const TELL_OF_SYNCS = '--vmodule=stateful_set=4,daemon_controller=4'

const SYNC = /"Finished syncing (?:statefulset|daemon set)".* (?:key|daemonset)="([^"]+)"/g

const logOf = ({folder}: ControlPlane) => join(folder, 'kube-controller-manager.log')

export function controllerLogSize(controlPlane: ControlPlane): number {
  return statSync(logOf(controlPlane)).size
}

/** Waits until each of these workloads, `namespace/name`, has been looked at since then, and no more is done. */
export async function controllersIdle(
  controlPlane: ControlPlane,
  since: number,
  workloads: readonly string[],
): Promise<void> {
  const syncs = async () => {
    const log = await text(createReadStream(logOf(controlPlane), {start: since}))
    return [...log.matchAll(SYNC)].map(([, name]) => name)
  }
  const unseen = async () => {
    const seen = new Set(await syncs())
    return workloads.filter((each) => !seen.has(each))
  }
  await until('the controllers have looked at everything', unseen, ({length}) => length === 0, OFTEN_READ)
  await untilQuiet(async () => ({state: String((await syncs()).length)}))
}
