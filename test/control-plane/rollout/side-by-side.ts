import {type BackgroundKubectl, backgroundKubectls} from '../tools/background-kubectl.ts'
import type {KubectlResult} from '../tools/kubectl.ts'
import type {Plugin} from '../tools/plugin.ts'

interface Timed extends BackgroundKubectl {
  readonly result: Promise<KubectlResult & {readonly endedAt: number}>
}

/** `kubectl rollout status` and `rollout --wait` of the same workload at the same time. */
interface Pair {
  readonly kubectl: Timed
  readonly ours: Timed
}

interface Options {
  readonly kubectl?: readonly string[]
  readonly ours?: readonly string[]
}

export function sideBySide(plugin: Plugin) {
  const {start, killAll} = backgroundKubectls(plugin)
  const pair = (namespace: string, workload: string, options: Options = {}): Pair => {
    const of = [workload, '-n', namespace]
    return {
      kubectl: timed(start(['rollout', 'status', ...of, ...(options.kubectl ?? [])])),
      ours: timed(start(['stateful', 'rollout', ...of, '--wait', ...(options.ours ?? [])])),
    }
  }
  return {pair, killAll}
}

function timed(running: BackgroundKubectl): Timed {
  const result = running.end.then((end) => ({...end, endedAt: performance.now()}))
  return {...running, result}
}

/** Everything that one of them said. */
export function words({stdout, stderr}: KubectlResult): string {
  return stdout + stderr
}

export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}
