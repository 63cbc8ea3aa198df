import {imageOf, LONG_AGO, minutesAgo, sha256} from './common.ts'
import type {Health} from './trouble.ts'

/** What a kubelet writes; of a node that is silent, the node controller has taken back the readiness. */
export function podStatus(workload: string, at: number, health: Health): object {
  const word = health === 'ready' ? 'True' : 'False'
  const condition = (type: string, status: string) => ({
    type,
    status,
    lastTransitionTime: status === 'True' ? LONG_AGO : minutesAgo(35),
  })
  const podIP = `10.${(at >> 8) % 64}.${at % 256}.${workload.length}`
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ip: podIP}],
    startTime: LONG_AGO,
    conditions: [
      condition('Initialized', 'True'),
      condition('Ready', word),
      condition('ContainersReady', health === 'crashing' ? 'False' : 'True'),
      condition('PodScheduled', 'True'),
    ],
    containerStatuses: [containerStatus(imageOf(workload), podIP, health === 'crashing')],
  }
}

function containerStatus(image: string, unique: string, isCrashing: boolean): object {
  const message = 'back-off 5m0s restarting failed container=app'
  const terminated = {
    exitCode: 1,
    reason: 'Error',
    startedAt: minutesAgo(3),
    finishedAt: minutesAgo(2),
    containerID: `containerd://${sha256(`last of ${unique}`)}`,
  }
  return {
    name: 'app',
    ready: !isCrashing,
    started: !isCrashing,
    restartCount: isCrashing ? 12 : 0,
    image,
    imageID: `${image}@sha256:${sha256(image)}`,
    containerID: `containerd://${sha256(unique)}`,
    state: isCrashing ? {waiting: {reason: 'CrashLoopBackOff', message}} : {running: {startedAt: LONG_AGO}},
    ...(isCrashing && {lastState: {terminated}}),
  }
}
