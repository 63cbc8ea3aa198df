import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import type {Flag} from '../command-line/flag.ts'
import {watchFlag} from '../command-line/flags.ts'
import type {Format} from '../render/formats.ts'
import {sectionOf} from '../render/view.ts'
import type {MapReport} from '../reports/map/report.ts'
import type {Question} from '../reports/report.ts'

const load = () => Promise.all([import('../render/views/map.ts'), import('../render/views/map-changes.ts')])

async function questionFor(
  isCustom: boolean,
  isMeasured: boolean,
  showsNames: boolean,
): Promise<Question<MapReport>> {
  if (isCustom) {
    const custom = await import('../reports/custom/map.ts')
    return isMeasured ? custom.customMapWithUsageQuestion : custom.customMapQuestion
  }
  const own = await import('../reports/map/question.ts')
  const question = isMeasured ? own.mapWithUsageQuestion : own.mapQuestion
  return showsNames ? own.withNames(question) : question
}

const usageFlag = {
  type: 'boolean',
  description: 'Add what the kubelets have measured of each volume: used and free bytes and inodes',
  check: ({filename, watch}) => {
    if (Array.isArray(filename) && filename.length > 0)
      return '--usage needs a cluster: saved objects do not say what is on the disks'
    return watch ? '--usage can not be watched: kubelets measure once a minute, and tell nobody' : undefined
  },
} as const satisfies Flag

/** Formats that show by which names ordinals are found. */
const SHOWING_NAMES: ReadonlySet<Format> = new Set(['wide', 'json', 'yaml', 'html'])

export const mapCommand = questionCommand({
  summary: 'Which ordinal runs in which Pod, on which claim, volume and node',
  description: `One row per ordinal and claim: ordinals that should exist, those whose Pod will be deleted (condemned), and those that only have claims left (leftover). Under the table stands what is wrong, the proof, and what to do.

NAME is a StatefulSet. Deployments and ReplicaSets are mapped Pod by Pod when named, so that a shared claim shows as shared.

TYPE.GROUP/NAME is an object of any other type that owns Pods, such as clusters.postgresql.cnpg.io/pg: they are found by their owner references. Of Kruise Advanced StatefulSets and DaemonSets, StrimziPodSets and CloudNativePG Clusters more is known: which Pods should be there, which are up to date, which is the primary.

A row of custom columns, and for --sort-by, is an ordinal of -o json, with its set as .workload; -L shows labels of its Pod.`,
  usage: 'map [NAME | TYPE/NAME ...] [flags]',
  examples: [
    {description: 'Every StatefulSet of the namespace', command: 'kubectl stateful map'},
    {description: 'One of them, with all columns', command: 'kubectl stateful map sts/web -n shop -o wide'},
    {description: 'Keep an eye on it', command: 'kubectl stateful map sts/web -n shop --watch'},
    {
      description: 'What an operator of its own runs',
      command: 'kubectl stateful map clusters.postgresql.cnpg.io/pg -n shop',
    },
    {description: 'What is on the disks', command: 'kubectl stateful map sts/web -n shop --usage'},
    {description: 'From saved objects, without a cluster', command: 'kubectl stateful map -f snapshot.yaml'},
    {description: 'As a picture for a browser', command: 'kubectl stateful map -A -o html > map.html'},
    {description: 'As data', command: 'kubectl stateful map -A -o json'},
    {
      description: 'Which Pods have restarted most, in columns of your own',
      command:
        'kubectl stateful map -o custom-columns=POD:.pod.name,RESTARTS:.pod.restarts --sort-by=.pod.restarts',
    },
  ],
  rights:
    'list of statefulsets, or get of the one that is named. Read besides: pods, persistentvolumeclaims, persistentvolumes, storageclasses, volumeattachments, nodes and services; in case of trouble controllerrevisions, events and leases; with -o wide, json, yaml and html endpointslices. Of a type of an operator: get of that type (rbac/operators.yaml). For --usage alone: get of nodes/proxy, with which one can do much more on every node (rbac/usage.yaml).',
  flags: {watch: watchFlag('Answer again whenever something changes, until q or Ctrl-C'), usage: usageFlag},
  naming: {kinds: ['statefulSets', 'deployments', 'replicaSets'], isOpen: true},
  answering: async ({watch, usage}, {custom}, {format}): Promise<Answering<MapReport>> => {
    const [question, [{mapView}, {changingOrdinals}]] = await Promise.all([
      questionFor(custom !== undefined, usage, SHOWING_NAMES.has(format)),
      load(),
    ])
    return {
      question,
      sections: (report, options) => mapView(report, options).map(sectionOf),
      rows: async () => (await import('./row-sources.ts')).mapRows,
      changing: changingOrdinals,
      ...(watch && {watch: {}}),
    }
  },
})
