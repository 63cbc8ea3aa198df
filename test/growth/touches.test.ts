import {expect, test} from 'vitest'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {askedOf} from '../every-question.ts'
import {counting, exponent, type Touches} from './counting.ts'
import {largeCluster, type Size} from './large-cluster.ts'

const FACTORS = [1, 2, 4, 8]
/** A little over 1: sorting takes n·log n. */
const LINEAR = 1.1

/** What grows, from what, and whether named things are asked about, too. */
interface Shape {
  readonly isNamed?: boolean
  /** Nobody has told the server's version, as in most files. */
  readonly isSilent?: boolean
  readonly sizeOf: (factor: number) => Size
}

const SHAPES: Readonly<Record<string, Shape>> = {
  'a cluster': {
    isNamed: true,
    sizeOf: (factor) => ({nodes: 82 * factor, sets: 41 * factor, replicas: 2, daemons: 1}),
  },
  'the ordinals of two sets': {
    sizeOf: (factor) => ({nodes: 41, sets: 2, replicas: 41 * factor, daemons: 1}),
  },
  'the nodes': {sizeOf: (factor) => ({nodes: 82 * factor, sets: 41, replicas: 1, daemons: 2})},
  'a cluster of an unknown version': {
    isSilent: true,
    sizeOf: (factor) => ({nodes: 82 * factor, sets: 41 * factor, replicas: 2, daemons: 1}),
  },
  'the DaemonSets': {sizeOf: (factor) => ({nodes: 41, sets: 4, replicas: 1, daemons: 2 * factor})},
}

/** All that may be asked of everything, and of the first of each kind. */
function questions(cluster: ClusterSnapshot, isNamed: boolean): readonly string[] {
  const texts = askedOf(cluster).map(({text}) => text)
  const firsts = new Map(texts.toReversed().map((text) => [text.replace(/\/.*/, ''), text]))
  return [...firsts.values()].filter((text) => isNamed || text.endsWith(' -A'))
}

function touchesOf(text: string, cluster: ClusterSnapshot): Touches {
  const touches: Touches = new Map()
  const asked = askedOf(cluster).find((each) => each.text === text)
  const snapshot = counting(cluster, touches)
  asked?.question.more(snapshot, asked.scope)
  asked?.question.findings(asked.question.build(snapshot, asked.scope) as never)
  return touches
}

function clusterOf({isSilent, sizeOf}: Shape, factor: number): ClusterSnapshot {
  const {server, ...cluster} = largeCluster(sizeOf(factor))
  return {...cluster, ...(server && !isSilent && {server})}
}

for (const [what, shape] of Object.entries(SHAPES)) {
  const {isNamed = false} = shape
  const clusters = FACTORS.map((factor) => clusterOf(shape, factor))
  const texts = clusters.slice(0, 1).flatMap((cluster) => questions(cluster, isNamed))
  test.for(texts)(`of ${what}, %s looks at each object as often however many there are`, (text) => {
    const counts = clusters.map((cluster) => touchesOf(text, cluster))
    const kinds = [...new Set(counts.flatMap((each) => [...each.keys()]))]
    const growth = kinds.map((kind) => {
      const ofKind = counts.map((each) => each.get(kind) ?? 0)
      return {kind, ofKind, exponent: exponent(ofKind, 8)}
    })
    expect(growth.filter((each) => each.exponent > LINEAR)).toEqual([])
    expect(growth.length).toBeGreaterThan(0)
  })
}
