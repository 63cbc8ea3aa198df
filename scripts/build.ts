import {rm, writeFile} from 'node:fs/promises'
import {fileURLToPath} from 'node:url'
import {Plugin} from '@oclif/core'
import {type Plugin as BundlerPlugin, build} from 'esbuild'
import {notice} from './notice.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * client-node's kubeconfig module imports 1,000 generated API classes for one method that we never call;
 * without them the bundle is a third as large.
 */
const withoutGeneratedClient: BundlerPlugin = {
  name: 'without-generated-client',
  setup(bundler) {
    const filter = /\/gen\/index\.js$/
    bundler.onResolve({filter}, () => ({path: 'generated-client', namespace: 'left-out'}))
    bundler.onLoad({filter: /.*/, namespace: 'left-out'}, () => ({
      contents:
        'export class ServerConfiguration {}\nexport function createConfiguration() { throw new Error("left out") }',
    }))
  },
}

await rm(`${root}dist`, {recursive: true, force: true})
const {metafile} = await build({
  metafile: true,
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  splitting: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.19',
  keepNames: true,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  banner: {js: 'import {createRequire as r} from "node:module";const require=r(import.meta.url);'},
  plugins: [withoutGeneratedClient],
})

const plugin = new Plugin({root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true})
await plugin.load()
await writeFile(`${root}oclif.manifest.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`)
await writeFile(`${root}NOTICE`, notice(Object.keys(metafile.inputs), root))
