import {QuestionCommand} from '../command.ts'
import {textLines} from '../render/text.ts'
import type {TextOptions} from '../render/view.ts'
import {mapView} from '../render/views/map.ts'
import {mapQuestion} from '../reports/map.ts'
import type {MapReport} from '../reports/map-report.ts'

export class MapCommand extends QuestionCommand<MapReport> {
  static override summary = 'Which ordinal runs in which Pod, on which claim, volume and node'
  static override description =
    `One row per ordinal and claim: ordinals that should exist, those on their way out (condemned), and those of which only claims are left (leftover). Under the table stands what is wrong, the proof, and what to do.

NAME is a StatefulSet. Deployments and ReplicaSets are mapped Pod by Pod when named, so that a shared claim shows as shared.`
  static override usage = 'map [NAME | TYPE/NAME ...] [flags]'
  static override examples = [
    {description: 'Every StatefulSet of the namespace', command: 'kubectl stateful map'},
    {description: 'One of them, with all columns', command: 'kubectl stateful map sts/web -n shop -o wide'},
    {description: 'From saved objects, without a cluster', command: 'kubectl stateful map -f snapshot.yaml'},
    {description: 'As data', command: 'kubectl stateful map -A -o json'},
  ]

  protected readonly question = mapQuestion
  protected readonly naming = {kinds: ['statefulSets', 'deployments', 'replicaSets']} as const

  protected text(report: MapReport, options: TextOptions): Iterable<string> {
    return textLines(mapView(report, options), options)
  }
}
