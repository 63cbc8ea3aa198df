/**
 * `node bench/watch.ts`: one `--watch` over a real cluster in which Pods change all the time: its memory at intervals, the time from a
 * change to its line, the lists that it reads. `--seconds 20 --changes 50`; `--full`, or `--nodes N --sets N`; other words are the
 * question (`map -A`); `--run PATH` for another build of the plugin.
 */
import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {parseArgs} from 'node:util'
import {startControlPlane} from '../test/control-plane/tools/control-plane.ts'
import {load} from './load.ts'
import {median} from './measure.ts'
import {FULL, isBroken, isHole, namespaceName, SMALL} from './objects.ts'

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    seconds: {type: 'string', default: '20'},
    changes: {type: 'string', default: '50'},
    full: {type: 'boolean', default: false},
    nodes: {type: 'string'},
    sets: {type: 'string'},
    all: {type: 'boolean', short: 'A', default: false},
    run: {type: 'string', multiple: true, default: [join(import.meta.dirname, '../bin/run.js')]},
  },
})
const [seconds, changes] = [Number(values.seconds), Number(values.changes)]
const base = values.full ? FULL : SMALL
const size = {...base, nodes: Number(values.nodes ?? base.nodes), sets: Number(values.sets ?? base.sets)}
const question = positionals.length > 0 ? positionals : ['map', 'coverage', 'rollout', 'status']
const isOfDaemons = (word: string | undefined) => word === 'coverage'

/** How often its memory is looked at, and how often the marked Pod changes. */
const LOOK = 5000

const tell = (text: string) => console.error(text)

interface Place {
  readonly namespace: string
  readonly pod: string
}

/** Pods that may change: those that are there and ready. */
function places(): readonly Place[] {
  const ofSets = Array.from({length: size.sets}, (_, set) =>
    Array.from({length: size.replicas}, (__, ordinal) => ordinal)
      .filter((ordinal) => !isHole(set, ordinal) && !isBroken(set, ordinal))
      .map((ordinal) => ({namespace: namespaceName(set), pod: `postgres-cluster-${set}-${ordinal}`})),
  )
  const ofDaemons = Array.from({length: size.daemons}, (_, daemon) =>
    Array.from({length: size.nodes}, (__, node) => ({
      namespace: 'kube-system',
      pod: `agent-${daemon}-${node}`,
    })),
  )
  return [...ofSets.flat(), ...ofDaemons.flat()]
}

const controlPlane = await startControlPlane({
  kwok: false,
  apiServerArgs: ['--max-requests-inflight=800', '--max-mutating-requests-inflight=400'],
})

async function patch({namespace, pod}: Place, part: string, body: object): Promise<void> {
  const {code} = await controlPlane.request(
    'PATCH',
    `/api/v1/namespaces/${namespace}/pods/${pod}${part}`,
    body,
  )
  if (code !== 200) throw new Error(`PATCH ${pod}: ${code}`)
}

/** Of three changes one is of a label, one of an annotation that nobody reads, and one of what is shown. */
function change(place: Place, turn: number): Promise<void> {
  if (turn % 3 === 0) return patch(place, '', {metadata: {labels: {turn: String(turn)}}})
  if (turn % 3 === 1) return patch(place, '', {metadata: {annotations: {turn: String(turn)}}})
  return patch(place, '/status', {status: {reason: turn % 2 === 0 ? 'Busy' : 'Idle'}})
}

/** Changes Pods one after the other, at that pace as far as the server keeps it, until the signal. */
async function churn(all: readonly Place[], signal: AbortSignal): Promise<number> {
  const begun = performance.now()
  let [made, next] = [0, 0]
  const lane = async () => {
    while (!signal.aborted) {
      const due = begun + (next / changes) * 1000
      const turn = next++
      const wait = due - performance.now()
      if (wait > 0) await sleep(wait)
      await change(all[(turn * 7919) % all.length] as Place, turn)
      made++
    }
  }
  await Promise.all(Array.from({length: 8}, lane))
  return made
}

interface Look {
  readonly second: number
  readonly MB: number
  readonly 'CPU %': number
  readonly 'lag s': number
}

/** One run of one build with one question. */
async function endured(run: string, words: readonly string[]): Promise<object> {
  const since = controlPlane.auditLogSize()
  const child = spawn(process.execPath, [run, ...words, '--watch'], {
    env: {...process.env, KUBECONFIG: controlPlane.kubeconfig},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill())
  const ended = new Promise((resolve) => child.once('close', resolve))
  const all = places()
  const marked = all.findLast(
    ({namespace}) => (namespace === 'kube-system') === isOfDaemons(words[0]),
  ) as Place
  const lines = seenIn(child.stdout, lineOf(marked, words[0]))
  await lines.first
  await sleep(LOOK)
  const stop = new AbortController()
  const churning = churn(
    all.filter((place) => place !== marked),
    stop.signal,
  )
  const looks: Look[] = []
  const begun = performance.now()
  const begunCpu = cpuOf(child.pid)
  let cpu = begunCpu
  for (let turn = 0; (performance.now() - begun) / 1000 < seconds; turn++) {
    const at = performance.now()
    const lag = await lagOf(marked, turn, lines)
    await sleep(Math.max(0, LOOK - (performance.now() - at)))
    const now = cpuOf(child.pid)
    looks.push({
      second: Math.round((performance.now() - begun) / 1000),
      MB: Math.round(residentOf(child.pid)),
      'CPU %': Math.round(((now - cpu) * 1000) / (performance.now() - at)),
      'lag s': Number(lag.toFixed(2)),
    })
    cpu = now
  }
  stop.abort()
  const made = await churning
  const took = (performance.now() - begun) / 1000
  child.kill('SIGINT')
  await ended
  console.table(looks)
  return {
    question: words.join(' '),
    run,
    changes: Math.round(made / took),
    'first MB': looks[0]?.MB,
    'last MB': looks.at(-1)?.MB,
    'CPU s': Number(((cpu - begunCpu) / 100).toFixed(1)),
    'ms / change': Number((((cpu - begunCpu) * 10) / made).toFixed(2)),
    'lag s': median(looks.map((look) => look['lag s'])),
    'most s': Math.max(...looks.map((look) => look['lag s'])),
    lists: requestsOf('list', since),
    gets: requestsOf('get', since),
    watches: requestsOf('watch', since),
  }
}

function requestsOf(verb: string, since: number): number {
  const ours = controlPlane.auditLog(since).filter(({userAgent}) => userAgent.startsWith('kubectl-stateful/'))
  return ours.filter((entry) => entry.verb === verb && !entry.requestURI.includes('continue=')).length
}

/** What a line about that Pod, or about its set, has in it. */
function lineOf({pod}: Place, word: string | undefined): string {
  return word === 'status' ? `sts/${pod.slice(0, pod.lastIndexOf('-'))} ` : `${pod} `
}

/** Whoever waits for a line with that text. */
function seenIn(stream: NodeJS.ReadableStream, text: string) {
  let waiting: (() => void) | undefined
  const next = () => new Promise<void>((resolve) => (waiting = resolve))
  const first = new Promise<void>((resolve) => stream.once('data', () => resolve()))
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    if (lines.some((line) => line.includes(text))) waiting?.()
  })
  return {first, next}
}

/** Seconds from a change to its line; no longer than a minute. */
async function lagOf(marked: Place, turn: number, lines: ReturnType<typeof seenIn>): Promise<number> {
  const line = lines.next()
  const at = performance.now()
  const word = turn % 2 === 0 ? 'False' : 'True'
  const status = {conditions: [{type: 'Ready', status: word}], reason: `Mark${turn}`}
  await patch(marked, '/status', {status})
  await Promise.race([line, sleep(60_000)])
  return (performance.now() - at) / 1000
}

/** MB that the process has in memory now. */
function residentOf(pid: number | undefined): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

/** Hundredths of a second that the process has worked, in user and system mode. */
function cpuOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

try {
  // nothing may change or collect what is loaded
  await controlPlane.stopComponent('kube-scheduler')
  await controlPlane.stopComponent('kube-controller-manager')
  // on a busy machine nobody has created it yet, and nobody will
  await controlPlane.request('POST', '/api/v1/namespaces/kube-system/serviceaccounts', {
    metadata: {name: 'default'},
  })
  await load(controlPlane, size, tell)
  const rows: object[] = []
  for (const word of question) {
    for (const run of values.run) rows.push(await endured(run, [word, '-A']))
  }
  console.table(rows)
} finally {
  await controlPlane.stop()
}
