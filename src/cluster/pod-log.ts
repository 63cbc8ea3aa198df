import type {Omission, PodLog} from '../model/snapshot.ts'
import {omission} from './assemble.ts'
import type {Connection} from './connection.ts'
import {pathSegment} from './path-segment.ts'
import {listPath} from './resources.ts'

/** Which container's log is wanted. */
export type LogNeed = Omit<PodLog, 'lines'>

/** So many lines are read by a person, and so many bytes hold them, whatever a line may be. */
const TAIL = {tailLines: 20, limitBytes: 16_384} as const

/** The API server asks the kubelet, and waits long for one that is gone. */
const PATIENCE_SECONDS = 5

/**
 * The last lines of a container's log, or why they can't be had: a log takes a right of its own, lives on the node, and
 * is out of reach with it.
 * @throws the error itself when nobody is signed in.
 */
export async function podLog(
  connection: Connection,
  need: LogNeed,
  late: AbortSignal = AbortSignal.timeout(PATIENCE_SECONDS * 1000),
): Promise<PodLog | Omission> {
  const {namespace, pod, container, previous} = need
  const query = {container, ...(previous && {previous: 'true'}), ...TAIL}
  try {
    const path = `${listPath('pods', namespace)}/${pathSegment(pod, 'resource name')}/log`
    return {...need, lines: linesOf(await connection.text(path, query, late))}
  } catch (error) {
    const resource = 'pods/log'
    if (late.aborted) return {resource, reason: 'Timeout', message: `no answer in ${PATIENCE_SECONDS}s`}
    return {...omission({resource: 'pods'}, error), resource}
  }
}

/** Without the line end of the last one; of a log that was cut in the middle of a line the start is as it came. */
function linesOf(text: string): readonly string[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  return lines.length === 1 && lines[0] === '' ? [] : lines.slice(-TAIL.tailLines)
}
