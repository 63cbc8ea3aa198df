import type {StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {type Place, spreadOf} from '../../model/spread.ts'
import {spreadRulesOf} from '../../model/spread-rules.ts'
import type {MappedPlace, MappedSpread} from './report.ts'

/** How the ordinals of a set are spread; null where its Pods were not seen. */
export function mapSpread(set: StatefulSet, relations: Relations): MappedSpread | null {
  const spread = spreadOf(set, relations)
  if (!spread) return null
  const {zones, nodes, zoneless, unseen, unplaced, areVolumesSeen} = spread
  const mapped = ({name, pods, volumes, leaves}: Place): MappedPlace => ({
    name,
    pods,
    volumes: areVolumesSeen ? volumes : null,
    leaves: unseen === 0 && areVolumesSeen ? leaves : null,
  })
  return {
    zones: zones.map(mapped),
    sharedNodes: nodes.filter(({ordinals}) => ordinals > 1).map(mapped),
    zoneless,
    unseen,
    unplaced,
    rules: spreadRulesOf(set.spec?.template).map((rule) => ({...rule, maxSkew: rule.maxSkew ?? null})),
  }
}
