import {expect, test} from 'vitest'
import {
  honorsMaxUnavailable,
  type StatefulSetRules,
  statefulSetRules,
} from '../../../src/model/rollout/stateful-set-rules.ts'
import {serverVersionOf} from '../../../src/model/server-version.ts'
import {statefulSet} from '../../builders.ts'
import {rolling} from './set-state.ts'

const LIMITED = statefulSet({spec: {updateStrategy: rolling({maxUnavailable: 2})}})
const UNLIMITED = statefulSet({
  spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0}}},
})
const versionOf = (version: string) => serverVersionOf({server: {version}})

/** Whether the limit is heeded where the field is there. */
const honored: readonly [string, boolean][] = [
  ['v1.24.0', true],
  ['v1.34.0', true],
  ['v1.35.2', true],
  ['v1.35.3', true],
  ['v1.35.4', false],
  ['v1.36.2', false],
  ['v1.37.1', true],
  ['', true],
]

test.for(honored)('a server of version "%s" heeds maxUnavailable: %s', ([version, expected]) => {
  expect(honorsMaxUnavailable(LIMITED, versionOf(version))).toBe(expected)
})

test.for(honored)('a server of version "%s" heeds no maxUnavailable that is not there', ([version]) => {
  expect(honorsMaxUnavailable(UNLIMITED, versionOf(version))).toBe(false)
})

/** As v1.33.0; the others differ from it. */
const RULES: StatefulSetRules = {
  maxUnavailable: 'ignored',
  needsAvailable: false,
  replacesSucceeded: true,
  recreatesAtOnce: false,
  createsInBatches: true,
  deletesBeforeCreating: false,
  createsMissingClaims: true,
}
const OLDEST = {
  replacesSucceeded: false,
  recreatesAtOnce: true,
  createsInBatches: false,
  createsMissingClaims: false,
}

const rules: readonly [string, Partial<StatefulSetRules>][] = [
  ['v1.20.2', OLDEST],
  ['v1.26.15', {...OLDEST, createsInBatches: true}],
  ['v1.27.8', {replacesSucceeded: false, recreatesAtOnce: true}],
  ['v1.27.9', {recreatesAtOnce: true}],
  ['v1.28.4', {replacesSucceeded: false, recreatesAtOnce: true}],
  ['v1.28.9', {recreatesAtOnce: true}],
  ['v1.28.11', {}],
  ['v1.29.5', {recreatesAtOnce: true}],
  ['v1.29.6', {}],
  ['v1.30.1', {recreatesAtOnce: true}],
  ['v1.30.2', {}],
  ['v1.33.0', {}],
  ['v1.34.0', {needsAvailable: true}],
  ['v1.35.3', {needsAvailable: true}],
  ['v1.36.4', {needsAvailable: true}],
]

test.for(rules)('the controller of %s has its own rules', ([version, differing]) => {
  expect(statefulSetRules(UNLIMITED, versionOf(version))).toEqual({...RULES, ...differing})
})

test.for([
  ['v1.34.0', 'counted'],
  ['v1.35.3', 'counted'],
  ['v1.36.4', 'ignored'],
  ['v1.37.1', 'two-phases'],
  ['', 'two-phases'],
] as const)('the controller of "%s" takes maxUnavailable as %s', ([version, maxUnavailable]) => {
  const expected = {...RULES, needsAvailable: true, maxUnavailable}
  expect(statefulSetRules(LIMITED, versionOf(version))).toEqual(expected)
})
