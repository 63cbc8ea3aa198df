import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import {watchFlag} from '../command-line/flags.ts'
import type {Format} from '../render/formats.ts'
import {sectionOf} from '../render/view.ts'
import type {MapReport} from '../reports/map/report.ts'

const load = () =>
  Promise.all([
    import('../reports/map/question.ts'),
    import('../render/views/map.ts'),
    import('../render/views/map-changes.ts'),
  ])

/** Formats that show by which names ordinals are found. */
const SHOWING_NAMES: ReadonlySet<Format> = new Set(['wide', 'json', 'yaml'])

export const mapCommand = questionCommand({
  summary: 'Which ordinal runs in which Pod, on which claim, volume and node',
  description: `One row per ordinal and claim: ordinals that should exist, those whose Pod will be deleted (condemned), and those that only have claims left (leftover). Under the table stands what is wrong, the proof, and what to do.

NAME is a StatefulSet. Deployments and ReplicaSets are mapped Pod by Pod when named, so that a shared claim shows as shared.`,
  usage: 'map [NAME | TYPE/NAME ...] [flags]',
  examples: [
    {description: 'Every StatefulSet of the namespace', command: 'kubectl stateful map'},
    {description: 'One of them, with all columns', command: 'kubectl stateful map sts/web -n shop -o wide'},
    {description: 'Keep an eye on it', command: 'kubectl stateful map sts/web -n shop --watch'},
    {description: 'From saved objects, without a cluster', command: 'kubectl stateful map -f snapshot.yaml'},
    {description: 'As data', command: 'kubectl stateful map -A -o json'},
  ],
  rights:
    'list of statefulsets, or get of the one that is named. Read besides: pods, persistentvolumeclaims, persistentvolumes, storageclasses, volumeattachments, nodes and services; in case of trouble controllerrevisions, events and leases; with -o wide, json and yaml endpointslices.',
  flags: {watch: watchFlag('Answer again whenever something changes, until q or Ctrl-C')},
  naming: {kinds: ['statefulSets', 'deployments', 'replicaSets']},
  answering: async ({watch}, {format}): Promise<Answering<MapReport>> => {
    const [{mapQuestion, mapWithNamesQuestion}, {mapView}, {changingOrdinals}] = await load()
    return {
      question: SHOWING_NAMES.has(format) ? mapWithNamesQuestion : mapQuestion,
      sections: (report, options) => mapView(report, options).map(sectionOf),
      changing: changingOrdinals,
      ...(watch && {watch: {}}),
    }
  },
})
