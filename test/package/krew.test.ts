import {createHash} from 'node:crypto'
import {load} from 'js-yaml'
import {expect, test} from 'vitest'
import {type Archive, krewManifest} from '../../scripts/package/krew.ts'
import {archiveName, platforms} from '../../scripts/package/platforms.ts'

interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {readonly name: string}
  readonly spec: {
    readonly version: string
    readonly homepage: string
    readonly shortDescription: string
    readonly description: string
    readonly caveats: string
    readonly platforms: readonly {
      readonly selector: {readonly matchLabels: {readonly os: string; readonly arch: string}}
      readonly uri: string
      readonly sha256: string
      readonly bin: string
      readonly files: readonly {readonly from: string; readonly to: string}[]
    }[]
  }
}

const HOME = 'https://example.invalid/kubectl-stateful'
const archives: readonly Archive[] = Object.values(platforms).map((platform) => ({
  platform,
  name: archiveName(platform, '1.2.3'),
  sha256: createHash('sha256').update(platform.node).digest('hex'),
  megabytes: '1.0',
}))
const text = krewManifest(archives, '1.2.3', HOME)
const {apiVersion, kind, metadata, spec} = load(text) as Manifest

test('the manifest has the name, the version and the texts that krew-index takes', () => {
  expect({apiVersion, kind, metadata}).toEqual({
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: {name: 'stateful'},
  })
  expect(spec.version).toMatch(/^v\d+\.\d+\.\d+$/)
  expect(spec.homepage).toBe(HOME)
  // a few words on one line, without words that every plugin could say
  expect(spec.shortDescription).toMatch(/^[A-Z][^\n]{10,60}[^.\n]$/)
  expect(spec.shortDescription).not.toMatch(/kubectl|plugin|kubernetes/i)
  expect(spec.description).not.toMatch(/^\s*kubectl stateful /m)
  expect(spec.caveats).toContain('kubectl_complete-stateful')
  for (const line of text.split('\n')) expect(line).not.toMatch(/\s$|\t/)
})

test('each platform has an archive of its own, with its checksum, its executable and the licence', () => {
  const labels = spec.platforms.map(({selector}) => JSON.stringify(selector.matchLabels))
  expect(new Set(labels).size).toBe(Object.keys(platforms).length)
  for (const [at, {selector, uri, sha256, bin, files}] of spec.platforms.entries()) {
    const {os, arch} = selector.matchLabels
    expect(uri).toBe(`${HOME}/releases/download/v1.2.3/kubectl-stateful_v1.2.3_${os}_${arch}.tar.gz`)
    expect(sha256).toBe(archives[at]?.sha256)
    expect(bin).toBe(os === 'windows' ? 'kubectl-stateful.exe' : 'kubectl-stateful')
    expect(files.map(({from}) => from)).toEqual([bin, 'LICENSE', 'NOTICE', 'LICENSE.node'])
    expect(files.every(({to}) => to === '.')).toBe(true)
  }
})
