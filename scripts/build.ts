import {readdir, rm, writeFile} from 'node:fs/promises'
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

/** Of undici's megabyte, which holds fetch, WebSocket and mocks, we use the pool and the way through a proxy. */
const withoutMostOfUndici: BundlerPlugin = {
  name: 'without-most-of-undici',
  setup(bundler) {
    bundler.onResolve({filter: /^undici$/}, () => ({path: 'undici', namespace: 'parts'}))
    bundler.onLoad({filter: /.*/, namespace: 'parts'}, () => ({
      resolveDir: root,
      contents: `import api from 'undici/lib/api/index.js'
        import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'
        Object.assign(Dispatcher.prototype, api)
        export {default as Agent} from 'undici/lib/dispatcher/agent.js'
        export {default as ProxyAgent} from 'undici/lib/dispatcher/proxy-agent.js'
        export {default as buildConnector} from 'undici/lib/core/connect.js'`,
    }))
  },
}

/** cli-table3 measures with our own function, so that all agree on how wide a text is; it is given no colours to paint. */
const withOwnWidths: BundlerPlugin = {
  name: 'with-own-widths',
  setup(bundler) {
    bundler.onResolve({filter: /^(string-width|@colors\/colors\/safe)$/}, ({path, importer}) =>
      importer.includes('/cli-table3/') ? {path, namespace: 'for-tables'} : undefined,
    )
    bundler.onLoad({filter: /^string-width$/, namespace: 'for-tables'}, () => ({
      resolveDir: root,
      contents: "module.exports = require('./src/render/width.ts').widthOf",
    }))
    bundler.onLoad({filter: /colors/, namespace: 'for-tables'}, () => ({contents: ''}))
  },
}

/** Numbers of 64 bits are plain ones here (src/cluster/protobuf/wire.ts). */
const withoutLong: BundlerPlugin = {
  name: 'without-long',
  setup(bundler) {
    bundler.onResolve({filter: /^long$/}, ({path}) => ({path, namespace: 'no-long'}))
    bundler.onLoad({filter: /.*/, namespace: 'no-long'}, () => ({contents: ''}))
  },
}

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
  plugins: [withoutGeneratedClient, withoutMostOfUndici, withOwnWidths, withoutLong],
})

for (const file of await readdir(`${root}dist`)) {
  if (!(`dist/${file}` in metafile.outputs)) await rm(`${root}dist/${file}`)
}

const plugin = new Plugin({root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true})
await plugin.load()
await writeFile(`${root}oclif.manifest.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`)
await writeFile(`${root}NOTICE`, notice(Object.keys(metafile.inputs), root))
