import {dump} from 'js-yaml'
import {deceptive} from '../model/clean.ts'
import {toJson} from './json.ts'

/**
 * The report itself as YAML. Where a string holds characters that deceive a reader, which YAML can't escape in
 * place, the whole is written as JSON, which is YAML too.
 */
export function toYaml(report: object): string {
  const text = dump(report, {noRefs: true, lineWidth: -1}).trimEnd()
  return text.search(deceptive) < 0 ? text : toJson(report)
}
