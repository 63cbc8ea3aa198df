import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {load} from 'js-yaml'
import {expect, test} from 'vitest'
import {complaintsOf} from '../../scripts/package/ready.ts'
import {bundledIn, sbomOf} from '../../scripts/package/sbom.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const workflows = ['check.yml', 'release.yml'].map((file) => read(`.github/workflows/${file}`))
const {scripts} = JSON.parse(read('package.json'))

test('actions are pinned to commits, each with its version beside it', () => {
  const uses = workflows.flatMap((text) => text.match(/uses: .*/g) ?? [])
  expect(uses.length).toBeGreaterThan(10)
  expect(uses.filter((line) => !/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual(
    [],
  )
  // one commit for each action
  expect(new Set(uses).size).toBe(new Set(uses.map((line) => line.split('@')[0])).size)
})

test('workflows run scripts that exist, keep no credentials, and only the last job may write', () => {
  const runs = workflows.flatMap((text) =>
    [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name),
  )
  expect(runs.filter((name) => !(name in scripts))).toEqual([])
  const jobs = workflows.flatMap((text) => Object.entries((load(text) as {jobs: object}).jobs))
  expect(jobs.filter(([, job]) => 'permissions' in job).map(([name]) => name)).toEqual(['publish'])
  for (const text of workflows) {
    expect(load(text)).toMatchObject({permissions: {contents: 'read'}})
    expect(text.match(/persist-credentials: false/g)).toHaveLength(
      text.match(/actions\/checkout@/g)?.length ?? 0,
    )
    expect(text).not.toMatch(/secrets\./)
  }
})

test('no workflow makes a folder that a checkout has', () => {
  const made = workflows.flatMap((text) =>
    [...text.matchAll(/mkdir (?:-p )?(\S+)/g)].map(([, name = '']) => name),
  )
  expect(made.filter((name) => existsSync(join(root, name)))).toEqual([])
  expect(made.length).toBeGreaterThan(0)
})

test('every form for an issue asks for a snapshot and for the version', () => {
  const forms = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter((file) => file !== 'config.yml')
  expect(forms.length).toBeGreaterThan(1)
  for (const form of forms) {
    const {body} = load(read(`.github/ISSUE_TEMPLATE/${form}`)) as {body: readonly {id?: string}[]}
    expect(body.map(({id}) => id)).toEqual(expect.arrayContaining(['snapshot', 'version']))
    expect(read(`.github/ISSUE_TEMPLATE/${form}`)).toContain('kubectl stateful snapshot')
  }
})

test('a tag is released only if version, changelog and repository are its own', () => {
  const forge = 'https://example.invalid/a/kubectl-stateful'
  const pkg = {
    version: '1.2.3',
    homepage: forge,
    bugs: {url: `${forge}/issues`},
    repository: {url: `git+${forge}.git`},
  }
  const changelog = '# Changelog\n\n## 1.2.3 – 2026-12-01\n'
  const good = {pkg, changelog, tag: 'v1.2.3', forge}
  expect(complaintsOf(good)).toEqual([])
  expect(complaintsOf({...good, tag: 'v1.2.4'})).toEqual([
    'the tag is v1.2.4, and package.json has version 1.2.3',
  ])
  expect(complaintsOf({...good, changelog: '## Unreleased\n'})).toHaveLength(1)
  expect(complaintsOf({...good, forge: 'https://example.invalid/b/kubectl-stateful'})).toHaveLength(2)
  // npm's own default leads nowhere as the beginning of an address
  expect(complaintsOf({...good, pkg: {...pkg, homepage: `${forge}#readme`}})).toHaveLength(1)
  expect(complaintsOf({...good, pkg: {...pkg, bugs: {}}})).toHaveLength(1)
  expect(complaintsOf({...good, forge: undefined})).toHaveLength(2)
  expect(complaintsOf({...good, pkg: {version: '1.2.3'}})).toHaveLength(2)
})

test('the list of what is in it has what NOTICE lists and the Node, and nothing that only builds', () => {
  const rule = '-'.repeat(78)
  const bundled = bundledIn(`x\n\n${rule}\na 1.0.0 (MIT)\n\ntext\n${rule}\n@b/c 2.0.0 (ISC)\n\ntext\n`)
  expect([...bundled]).toEqual(['a 1.0.0', '@b/c 2.0.0'])
  const component = (name: string, version: string) => ({'bom-ref': `${name}@${version}`, name, version})
  const all = {
    serialNumber: 'x',
    metadata: {timestamp: 'now', component: {name: 'folder'}},
    components: [
      component('a', '1.0.0'),
      component('a', '2.0.0'),
      component('@b/c', '2.0.0'),
      component('vitest', '5.0.0'),
    ],
  }
  const {components, metadata, ...rest} = sbomOf(all, bundled, '26.0.0') as typeof all
  expect(components.map((each) => each['bom-ref'])).toEqual(['a@1.0.0', '@b/c@2.0.0', 'node@26.0.0'])
  expect(metadata).toEqual({component: {name: 'kubectl-stateful', type: 'application'}})
  expect(rest).not.toHaveProperty('serialNumber')
  expect(() => sbomOf(all, new Set(['d 1.0.0']), '26.0.0')).toThrow('npm sbom does not know d 1.0.0')
})

test('the keys for k9s start commands that there are', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(read('docs/beside-other-tools.md')) ?? []
  const {plugins} = load(yaml) as {
    plugins: Readonly<Record<string, {args: readonly string[]; scopes: readonly string[]}>>
  }
  expect(Object.values(plugins).flatMap(({scopes}) => scopes)).toEqual([
    'pods',
    'statefulsets',
    'daemonsets',
    'persistentvolumeclaims',
    'nodes',
  ])
  for (const {args} of Object.values(plugins))
    expect(args[1]).toMatch(/^KUBECONFIG="\$KUBECONFIG" kubectl stateful why (pod|sts|ds|pvc|node)\/\$NAME /)
})
