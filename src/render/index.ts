import {cleanCell} from '../model/clean.ts'
import type {TextOptions} from './view.ts'

export const formats = ['table', 'wide', 'json', 'yaml', 'name'] as const
export type Format = (typeof formats)[number]

/** An answer in the three shapes that the formats print. */
export interface Renderable {
  readonly report: object
  /** `statefulset.apps/web`, one per workload. */
  readonly names: readonly string[]
  readonly text: (options: TextOptions) => Iterable<string>
}

/** The answer as lines without line ends. YAML is loaded only when it is asked for. */
export async function render(
  {report, names, text}: Renderable,
  format: Format,
  options: TextOptions,
): Promise<Iterable<string>> {
  switch (format) {
    case 'json':
      return [(await import('./json.ts')).toJson(report)]
    case 'yaml':
      return [(await import('./yaml.ts')).toYaml(report)]
    case 'name':
      return names.map(cleanCell)
    default:
      return text(options)
  }
}
