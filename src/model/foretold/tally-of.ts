import {namespaceOf, type Pod} from '../objects.ts'
import {mayHave} from '../selecting.ts'
import {domainsKey, domainsOf} from './domains.ts'
import {isCounted, type SpreadConstraint, sharedLabels} from './spread-constraints.ts'
import {type Stage, still, uidOf} from './stage.ts'
import type {Standing} from './standing.ts'
import {count, type Tally} from './tally.ts'

/** What a rule of a Pod counts: worked out once, and kept up by whoever comes and goes. */
export function tallyOf(rule: SpreadConstraint, pod: Pod, stage: Stage): Tally {
  const shared = sharedLabels(rule, pod)
  const key = JSON.stringify([namespaceOf(pod), rule.labelSelector, shared, domainsKey(rule, pod)])
  const known = stage.tallies.byRule.get(key)
  if (known) return known
  const tally: Tally = {
    domains: domainsOf(rule, pod, stage),
    isCounted: (each) => isCounted(rule, pod, each),
    certain: new Map(),
    possible: new Map(),
    unsure: 0,
    anywhere: 0,
  }
  const labels = {...rule.labelSelector?.matchLabels, ...Object.fromEntries(shared)}
  for (const standing of standings(namespaceOf(pod), labels, stage))
    if (tally.isCounted(standing.pod)) count(tally, standing, 1)
  stage.tallies.byRule.set(key, tally)
  const [label] = Object.entries(labels)
  const place = `${namespaceOf(pod)}/${label ? label.join('=') : ''}`
  stage.tallies.byLabel.set(place, [...(stage.tallies.byLabel.get(place) ?? []), tally])
  return tally
}

/** Pods that are somewhere and may have these labels. */
function standings(
  namespace: string,
  labels: Readonly<Record<string, string>>,
  stage: Stage,
): readonly Standing[] {
  const known = still(mayHave(namespace, labels, stage.relations), stage)
  const there = known.filter((pod) => !stage.asked.has(uidOf(pod)))
  const [label] = Object.entries(labels)
  const come = label ? (stage.comeWith.get(`${namespace}/${label.join('=')}`) ?? []) : stage.come.values()
  return [...there.map((pod) => ({pod, nodes: [pod.spec?.nodeName ?? '']})), ...come]
}
