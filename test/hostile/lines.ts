/** Command lines that somebody may type about a cluster: every command, about everything and about each thing. */
import {nameOf, namespaceOf} from '../../src/model/objects.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {formats} from '../../src/render/formats.ts'
import {askedOf} from '../every-question.ts'

/** Of very many things only the first are asked about. */
const MOST = 40

export function linesAbout(cluster: ClusterSnapshot): readonly (readonly string[])[] {
  const asked = askedOf(cluster).map(({text, scope: {namespace}}) => [
    ...text.replace(/ (\w+)\//, (type) => type.toLowerCase()).split(' '),
    ...(namespace === undefined ? [] : ['-n', namespace]),
  ])
  return [...asked.slice(0, MOST), ...whatIfs(cluster).slice(0, MOST)]
}

function whatIfs(cluster: ClusterSnapshot): readonly (readonly string[])[] {
  const of = (key: 'pods' | 'persistentVolumeClaims' | 'statefulSets' | 'daemonSets') =>
    cluster[key].map((object) => [`${key.toLowerCase()}/${nameOf(object)}`, '-n', namespaceOf(object)])
  const sets = of('statefulSets')
  const all = ['pods', 'persistentVolumeClaims', 'statefulSets', 'daemonSets'] as const
  return [
    ...cluster.nodes.map(nameOf).flatMap((node) => [
      ['drain', node],
      ['lose', node],
      ['cordon', node],
      ['taint', node, 'x=y:NoExecute'],
      ['label', node, 'x-'],
      ['join', '--like', node],
    ]),
    ...sets.flatMap((set) => ['0', '1', '9'].map((replicas) => ['scale', ...set, '--replicas', replicas])),
    ...[...sets, ...of('daemonSets')].map((set) => ['update', ...set]),
    ...all.flatMap(of).map((object) => ['delete', ...object]),
  ].map((words) => ['what-if', ...words])
}

/** How any of them may be printed. */
export const printed: readonly (readonly string[])[] = [
  ...formats.map((format) => ['-o', format]),
  ['-o', 'wide', '--no-headers'],
  ['-o', 'jsonpath={@}{..}{..name}'],
  ['-o', 'jsonpath-as-json={@}'],
  ['-o', 'custom-columns=NAME:..name,ALL:..'],
  ['-L', 'app,kubernetes.io/hostname', '--sort-by', '..name'],
  ['--findings', 'brief'],
  ['--color', 'always'],
  ['--exit-code'],
]
