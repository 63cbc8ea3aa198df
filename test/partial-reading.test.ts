import {beforeAll, expect, test} from 'vitest'
import {readFrom} from '../src/command-line/reading.ts'
import type {Finding} from '../src/diagnosis/finding.ts'
import {type CauseCluster, clusters} from './clusters-by-cause.ts'
import {askedOf} from './every-question.ts'

/** What a question finds in what it reads, and what it would find in everything that the cluster holds. */
interface Answered {
  readonly cluster: string
  readonly text: string
  readonly read: readonly Finding[]
  readonly whole: readonly Finding[]
}

let answers: readonly Answered[] = []

beforeAll(async () => {
  answers = (await Promise.all(clusters.map(answersAbout))).flat()
})

async function answersAbout({name, read}: CauseCluster): Promise<readonly Answered[]> {
  const cluster = await read()
  const asked = askedOf(cluster).map(async ({text, question, scope}) => {
    const seen = await readFrom(cluster, question, scope)
    const findings = (snapshot: typeof cluster) => question.findings(question.build(snapshot, scope))
    return {cluster: name, text, read: findings(seen), whole: findings(cluster)}
  })
  return Promise.all(asked)
}

/** What names fewer objects where fewer were read, and is true of these. */
const SAYS_LESS = new Set(['pdb-multiple'])

function keyOf({id, object}: Finding): string {
  return `${id} of ${object.kind} ${object.namespace ?? ''}/${object.name}`
}

test('no question takes for missing what it did not read', () => {
  const wrong = answers.flatMap(({cluster, text, read, whole}) => {
    const known = new Set(whole.map(keyOf))
    const surplus = read.filter((finding) => !known.has(keyOf(finding)) && !SAYS_LESS.has(finding.id))
    return surplus.map((finding) => `${cluster}, ${text}: ${keyOf(finding)}`)
  })
  expect(wrong).toEqual([])
})

/** Causes that a command never finds, though its rules know them: what would tell of them is read by others. */
const LEFT_TO_OTHERS: Readonly<Record<string, readonly string[]>> = {
  map: [
    'drain-local-storage',
    'drain-sts-stuck-evicted-replacement',
    'pdb-blocks-drain',
    'pdb-impossible',
    'pdb-multiple',
    'pdb-not-involved',
    'pdb-sync-failed',
    'pdb-unhealthy-member',
  ],
  coverage: ['drain-daemonset'],
  // the others' Pods run in the only clusters that show them: nothing holds the rollout up
  rollout: ['disk-full', 'drain-sts-stuck-evicted-replacement', 'pvc-misbound', 'resize-node-failed'],
  status: ['disk-full', 'drain-sts-stuck-evicted-replacement', 'pvc-misbound', 'resize-node-failed'],
  why: [],
}

test.for(Object.entries(LEFT_TO_OTHERS))(
  '%s finds in what it reads whatever cause its rules know',
  ([command, left]) => {
    const own = answers.filter(({text}) => text.startsWith(command))
    const reached = new Set(own.flatMap(({read}) => read.map(({id}) => id)))
    const known = new Set(own.flatMap(({whole}) => whole.map(({id}) => id)))
    expect([...known].filter((id) => !reached.has(id)).toSorted()).toEqual(left.toSorted())
  },
)
