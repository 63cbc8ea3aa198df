import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {V1ClusterRole, V1PolicyRule} from '@kubernetes/client-node'
import {load} from 'js-yaml'
import {expect, test} from 'vitest'
import {qualifiedPlural, resourceKeys, resources} from '../src/cluster/resources.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const FILES = ['rbac/cluster-role.yaml', 'rbac/role.yaml'] as const
const [clusterRole, role] = FILES.map((file) => load(read(file)) as V1ClusterRole)

/** `list statefulsets.apps`. */
const rightsIn = ({rules = []}: V1ClusterRole = {}) => rules.flatMap(rightsOf).toSorted()

function rightsOf({verbs, apiGroups = [], resources: kinds = []}: V1PolicyRule): readonly string[] {
  const [group = ''] = apiGroups
  return kinds.flatMap((kind) => verbs.map((verb) => `${verb} ${[kind, group].filter(Boolean).join('.')}`))
}

const kindsIn = (rights: readonly string[]) => new Set(rights.map((right) => right.split(' ')[1] ?? ''))

test('the ClusterRole names every kind that we know how to read, logs, namespaces for TAB, and nothing else', () => {
  const kinds = [...resourceKeys.map(qualifiedPlural), 'pods/log', 'namespaces']
  expect([...kindsIn(rightsIn(clusterRole))].toSorted()).toEqual(kinds.toSorted())
})

test('the Role is the ClusterRole as far as it concerns one namespace', () => {
  // the one Lease that is read is of kube-system
  const within = resourceKeys.filter((key) => resources[key].namespaced && key !== 'leases')
  const kinds = new Set([...within.map(qualifiedPlural), 'pods/log'])
  const expected = rightsIn(clusterRole).filter((right) => kinds.has(right.split(' ')[1] ?? ''))
  expect(rightsIn(role)).toEqual(expected)
})

test('what only --usage takes stands apart', () => {
  expect(rightsIn(load(read('rbac/usage.yaml')) as V1ClusterRole)).toEqual(['get nodes/proxy'])
  expect(read('docs/rights.md')).toContain(`\`\`\`yaml\n${read('rbac/usage.yaml')}\`\`\`\n`)
})

test('what types of operators take stands apart, and is read alone', () => {
  for (const right of rightsIn(load(read('rbac/operators.yaml')) as V1ClusterRole))
    expect(right).toMatch(/^get [a-z]+\.[a-z]+\.[a-z.]+$/)
  expect(read('docs/rights.md')).toContain(`\`\`\`yaml\n${read('rbac/operators.yaml')}\`\`\`\n`)
})

test.for(FILES)('%s gives each right once, of reading alone, and of no Secrets', (file) => {
  const rights = rightsIn(load(read(file)) as V1ClusterRole)
  expect(new Set(rights).size).toBe(rights.length)
  for (const right of rights) expect(right).toMatch(/^(get|list|watch) [a-z.0-9]+(\/log)?$/)
  expect(rights.join()).not.toContain('secret')
})

test.for(FILES)('%s tells needed and optional rules apart', (file) => {
  const [, needed = '', optional = ''] =
    /# Needed: ([\s\S]*?)(\n {2}# Optional: [\s\S]*)/.exec(read(file)) ?? []
  expect(needed).toContain('statefulsets')
  expect(optional).toContain('events')
  expect(optional).not.toContain('# Needed')
})

test.for(FILES)('docs/rights.md shows %s', (file) => {
  expect(read('docs/rights.md')).toContain(`\`\`\`yaml\n${read(file)}\`\`\`\n`)
})

/** They run no plugin. */
const WITHOUT_PLUGIN = ['tools/control-plane.ts', 'tools/leave-nothing.test.ts', 'tools/play.ts']

test('whoever starts a control plane for the plugin reads its audit log at the end', () => {
  const folder = join(root, 'test/control-plane')
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((file) =>
    file.endsWith('.ts'),
  )
  const starting = files.filter((file) => /\bstartControlPlane\(/.test(read(`test/control-plane/${file}`)))
  expect(starting.length).toBeGreaterThan(30)
  const unread = starting.filter(
    (file) => !/[ >]stopAfterReadsOnly\(controlPlane\)/.test(read(`test/control-plane/${file}`)),
  )
  expect(unread.toSorted()).toEqual(WITHOUT_PLUGIN)
})
