import {dump} from 'js-yaml'

/** The report itself as YAML. */
export function toYaml(report: object): string {
  return dump(report, {noRefs: true, lineWidth: -1}).trimEnd()
}
