import {nameOf, namespaceOf, type Pod} from '../../../model/objects.ts'
import {isTerminal} from '../../../model/pod.ts'
import {capitalised} from '../../words.ts'
import type {Help} from '../help.ts'
import {OTHER_PLATFORM, PLATFORM_FIX, platformText} from '../platform.ts'
import {otherPodText} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {runtimeTrouble} from './runtime-text.ts'

/** In a few words what they prove, and what helps. */
export interface LastWords {
  readonly text: string
  readonly help: Help
}

const IN_USE = /address (?:is )?(?:already )?in use|EADDRINUSE|only one usage of each socket address/i
const IPV6 = /\[[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*\]/gi
const ERROR = /\b(?:error|fatal|panic)\b/i
const PORT = /\b(?:listen|bind)\b.{0,80}?:(\d{1,5})(?![\d.a-z])/i

/**
 * What the last words of a program prove, whoever wrote it; `isRuntime` if they are its runtime's. Undefined for a text
 * that nobody knows.
 */
export function lastWords(
  subject: PodSubject,
  message: string | undefined,
  isRuntime = false,
): LastWords | undefined {
  return byLine(subject, message ?? '') ?? (isRuntime ? runtimeTrouble(message) : undefined)
}

/** The sentence of what befalls a container, which begins with why where that is known. */
export function because(words: LastWords | undefined, text: string): string {
  return capitalised(words ? `${words.text}: ${text}` : text)
}

/** The one line that tells it: what was logged before it is no cause. */
function byLine(subject: PodSubject, message: string): LastWords | undefined {
  const port = lastLine(message, IN_USE, PORT)
  if (port !== undefined) return portInUse(subject, port)
  const line = lastLine(message, OTHER_PLATFORM)
  if (line === undefined) return undefined
  const text = `the program is not made for ${platformText(subject.node)}`
  return {text, help: {acts: [], what: PLATFORM_FIX}}
}

/** Undefined where it went on from there to another error; of several lines rather one that tells more. */
function lastLine(message: string, pattern: RegExp, more = pattern): string | undefined {
  const lines = message.split('\n')
  const last = lines.findLastIndex((each) => pattern.test(each))
  if (last < 0 || lines.slice(last + 1).some((each) => ERROR.test(each))) return undefined
  return lines.findLast((each) => pattern.test(each) && more.test(each)) ?? lines[last]
}

/** On the host's network it competes with all of the machine, else with the other processes of its own Pod. */
function portInUse(subject: PodSubject, line: string): LastWords {
  const {pod} = subject
  const [, port] = PORT.exec(line.replaceAll(IPV6, '')) ?? []
  const what = port ? `port ${port}` : 'a port'
  if (!pod.spec?.hostNetwork)
    return {
      text: `${what} is in use within the Pod`,
      help: {acts: [], what: 'give one of the two processes of the Pod another port'},
    }
  const holder = port ? holderOf(subject, Number(port)) : undefined
  return {
    text: `${what} of node ${pod.spec.nodeName} is in use${holder ? ` by ${otherPodText(holder, pod)}` : ''}`,
    help: {
      acts: [holder ? `if ${nameOf(holder)} is not wanted on that node, keep it off` : ON_NODE],
      what: PORT_FIX,
    },
  }
}

const PORT_FIX = 'give it another port'
const ON_NODE =
  "see on that node which process has the port (ss -ltnp): a service of the machine, or a Pod on the host's network that does not declare it; stop it if it is not wanted there"

function holderOf({pod, relations}: PodSubject, port: number): Pod | undefined {
  const others = relations
    .podsOn(pod.spec?.nodeName ?? '')
    .filter((each) => each !== pod && !isTerminal(each))
  const holders = others.filter((each) => declares(each, port))
  return holders.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))[0]
}

function keyOf(pod: Pod): string {
  return `${namespaceOf(pod)}/${pod.metadata?.name}`
}

/** A port of the host's network is the node's own, declared as such or not. */
function declares({spec}: Pod, port: number): boolean {
  const sidecars = (spec?.initContainers ?? []).filter(({restartPolicy}) => restartPolicy === 'Always')
  return [...(spec?.containers ?? []), ...sidecars]
    .flatMap(({ports}) => ports ?? [])
    .some(({hostPort, containerPort}) => (hostPort ?? (spec?.hostNetwork ? containerPort : 0)) === port)
}
