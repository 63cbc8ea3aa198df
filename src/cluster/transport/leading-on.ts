import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'

/** Behind these an API server only passes on what is asked: to a node, a Pod, a Service, or into a container; whatever stands before. */
const LEADS_ON =
  /\/api\/[^/]+\/(?:proxy\/|(?:namespaces\/[^/]+\/)?(?:nodes|pods|services)\/[^/]+\/(?:proxy|exec|attach|portforward)(?:\/|$))/

/** What a kubelet has measured, by the name of its node; the name holds nothing that could lead elsewhere. */
const SUMMARY = /^\/api\/v1\/nodes\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/proxy\/stats\/summary$/

/** Path of what the kubelet of that node has measured. @throws AnswerError for a name that no node has. */
export function summaryPath(node: string): string {
  const path = `/api/v1/nodes/${node}/proxy/stats/summary`
  if (!SUMMARY.test(path))
    throw new AnswerError(`error: invalid resource name ${JSON.stringify(clean(node))}`)
  return path
}

/** Whether it is the one such path that is asked for. */
export function isSummary(path: string): boolean {
  return SUMMARY.test(path)
}

/** Whether a path, with whatever query, leads on to somebody else, however it is written. */
export function leadsOn(path: string): boolean {
  const [plain = ''] = path.split(/[?#]/)
  return LEADS_ON.test(walked(decoded(plain)))
}

/** Byte by byte, so that no byte keeps the others hidden; and again, for who passes it on may do the same. */
function decoded(path: string): string {
  const once = path.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return once === path ? path : decoded(once)
}

/** Without empty steps, and without those that go back. */
function walked(path: string): string {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return `/${steps.join('/')}`
}
