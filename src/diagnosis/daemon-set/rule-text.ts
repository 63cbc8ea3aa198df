import type {DaemonRule, FailedTerm, Unmet} from '../../model/daemon-rule.ts'
import type {Requirement} from '../../model/labels.ts'
import {own} from '../../model/own.ts'
import {taintText} from '../../model/taints.ts'

/** What keeps a DaemonSet's Pods off a node, in words that an operator can act on. */
export function ruleText(rule: DaemonRule): string {
  switch (rule.kind) {
    case 'NodeSelector':
      return rule.unmet.map((each) => `${labelText(each)}, ${selectorText(each)}`).join('; ')
    case 'NodeAffinity':
      return affinityText(
        rule,
        (each, wants) => `${each.isField ? `node ${each.has}` : labelText(each)} (${wants})`,
      )
    default:
      return commonText(rule)
  }
}

/**
 * What a rule wants, without what the one node has instead: the same text for every node that it excludes, whatever
 * their labels say.
 */
export function ruleSummary(rule: DaemonRule): string {
  switch (rule.kind) {
    case 'NodeSelector':
      return rule.unmet.map(selectorText).join('; ')
    case 'NodeAffinity':
      return affinityText(rule, (_, wants) => wants)
    default:
      return commonText(rule)
  }
}

function commonText(rule: Exclude<DaemonRule, {kind: 'NodeSelector' | 'NodeAffinity'}>): string {
  if (rule.kind === 'NodeName') return `the template names node ${rule.wanted}`
  const {taints} = rule
  return `untolerated ${taints.length > 1 ? 'taints' : 'taint'} ${taints.map(taintText).join(', ')}`
}

function labelText({wanted: {key}, has}: Unmet): string {
  return has === undefined ? `no label ${key}` : `node label ${key}=${has}`
}

function selectorText({wanted: {key, values}}: Unmet): string {
  return `selector wants ${key}=${values?.[0]}`
}

type UnmetText = (each: FailedTerm['unmet'][number], wants: string) => string

function affinityText(
  {terms, nearest}: Extract<DaemonRule, {kind: 'NodeAffinity'}>,
  unmetText: UnmetText,
): string {
  if (!nearest) return 'the required affinity has no terms, which matches no node'
  const {index, invalid, unmet} = nearest
  const which = `affinity term ${index + 1} of ${terms}`
  if (invalid.length > 0) return invalid.map((each) => `${which} is not valid: ${asWritten(each)}`).join('; ')
  if (unmet.length === 0) return `${which} is empty, which matches no node`
  return unmet.map((each) => unmetText(each, `${which} wants ${requirementText(each.wanted)}`)).join('; ')
}

const WORDS: Readonly<Record<string, string>> = {
  In: 'in',
  NotIn: 'not in',
  Exists: 'to exist',
  DoesNotExist: 'not to exist',
  Gt: '>',
  Lt: '<',
}

/** Of one that upstream does not parse: what is wrong with it shows only as it was written. */
function asWritten({key, operator, values}: Requirement): string {
  return `${key} ${operator} [${(values ?? []).join(', ')}]`
}

/** `pool in [a, b]`, `pool to exist`, `size > 3`. */
function requirementText({key, operator, values}: Requirement): string {
  const word = own(WORDS, operator)
  if (operator === 'Exists' || operator === 'DoesNotExist') return `${key} ${word}`
  const list = (values ?? []).join(', ')
  return operator === 'Gt' || operator === 'Lt' ? `${key} ${word} ${list}` : `${key} ${word} [${list}]`
}
