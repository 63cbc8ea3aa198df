import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import protobuf, {type Field, type Type} from 'protobufjs'
import {beforeAll, expect, test} from 'vitest'
import {resourceKeys, resources} from '../../src/cluster/resources.ts'
import {isOmittedWhenZero, messageOf} from '../cluster/protobuf/kept-proto.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {MODULE_FOLDER} from './tools/go-modules.ts'

const MODULES = ['k8s.io/api', 'k8s.io/apimachinery'] as const
/** Messages that have a shape of their own in JSON, or of which only the presence counts. */
const SHAPES = ['Quantity', 'IntOrString', 'Time', 'MicroTime', 'RawExtension', 'Presence']
const PACKAGES: Readonly<Record<string, string>> = {
  v1: 'k8s.io.api.core.v1',
  'apps/v1': 'k8s.io.api.apps.v1',
  'storage.k8s.io/v1': 'k8s.io.api.storage.v1',
  'policy/v1': 'k8s.io.api.policy.v1',
  'discovery.k8s.io/v1': 'k8s.io.api.discovery.v1',
  'coordination.k8s.io/v1': 'k8s.io.api.coordination.v1',
}

/** Where the modules are that the control plane is built from. */
function moduleFolders(): ReadonlyMap<string, string> {
  const args = ['mod', 'download', '-json', ...MODULES]
  const {stdout, stderr, status, error} = spawnSync('go', args, {cwd: MODULE_FOLDER, encoding: 'utf8'})
  if (status !== 0) throw new Error(`go ${args.join(' ')}: ${error?.message ?? stderr}`)
  const found = JSON.parse(`[${stdout.replaceAll(/\}\s*\{/g, '},{')}]`) as {Path: string; Dir: string}[]
  return new Map(found.map(({Path, Dir}) => [Path, Dir]))
}

describeControlPlane('kept.proto and the API that the control plane is built from', () => {
  let folders: ReadonlyMap<string, string>
  const api = new protobuf.Root()

  beforeAll(async () => {
    folders = moduleFolders()
    api.resolvePath = (_, path) => pathOf(path)
    const files = Object.values(PACKAGES).map(
      (name) => `${name.replaceAll(/(?<!k8s)\./g, '/')}/generated.proto`,
    )
    await api.load(files)
    api.resolveAll()
  })

  function pathOf(path: string): string {
    const module = MODULES.find((each) => path.startsWith(`${each}/`))
    return module ? join(folders.get(module) ?? '', path.slice(module.length)) : path
  }

  /** Each field of a message, and of those in it, beside the one of the API that has its name. */
  function* fieldsOf(ours: Type, theirs: Type): Generator<readonly [string, Field, Field | undefined]> {
    for (const field of ours.fieldsArray) {
      const other = theirs.fields[field.name]?.resolve()
      yield [`${theirs.fullName}.${field.name}`, field.resolve(), other]
      const isEntered = field.resolvedType && !SHAPES.includes(field.type)
      if (isEntered && other?.resolvedType)
        yield* fieldsOf(field.resolvedType as Type, other.resolvedType as Type)
    }
  }

  const fieldsOfKind = (key: (typeof resourceKeys)[number]) => {
    const {apiVersion, kind} = resources[key]
    return [...fieldsOf(messageOf(kind), api.lookupType(`${PACKAGES[apiVersion]}.${kind}`))]
  }

  test.each(resourceKeys)('%s have the same numbers and types', (key) => {
    const looks = (field: Field | undefined, ours: Field) =>
      field && {
        number: field.id,
        isMap: field.map,
        isList: field.repeated,
        type: field.resolvedType
          ? SHAPES.includes(ours.type) && ours.type !== 'Presence'
            ? field.resolvedType.name
            : 'message'
          : field.type,
      }
    for (const [name, ours, theirs] of fieldsOfKind(key)) {
      const [own, api] = [looks(ours, ours), looks(theirs, ours)]
      expect({name, ...own}).toEqual({name, ...api})
    }
  })

  /** `omitempty` of what is no pointer is left out of JSON when it is zero, and nothing else is. */
  function isOmittedInGo(name: string): boolean {
    const [, pkg = '', message = '', field = ''] = /^\.(.*)\.(\w+)\.(\w+)$/.exec(name) ?? []
    const file = readFileSync(pathOf(`${pkg.replaceAll(/(?<!k8s)\./g, '/')}/types.go`), 'utf8')
    const [, body = ''] = new RegExp(`^type ${message} struct \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(file) ?? []
    const [, type = '', options = ''] =
      new RegExp(`^\\t\\w+\\s+(\\S+)\\s+\`json:"${field}((?:,[^"]*)?)"`, 'm').exec(body) ?? []
    if (type === '') throw new Error(`${name} is not in ${pkg}/types.go`)
    return options.includes('omitempty') && !type.startsWith('*')
  }

  test.each(resourceKeys)('of %s the same is left out when it is zero', (key) => {
    const scalars = fieldsOfKind(key).filter(
      ([, {resolvedType, map, repeated}]) => !resolvedType && !map && !repeated,
    )
    for (const [name, ours] of scalars)
      expect([name, isOmittedWhenZero(ours)]).toEqual([name, isOmittedInGo(name)])
    expect(scalars.length).toBeGreaterThan(3)
  })
})
