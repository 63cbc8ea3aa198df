import {fileURLToPath} from 'node:url'
import {type Plugin as BundlerPlugin, build} from 'esbuild'

export const root = fileURLToPath(new URL('..', import.meta.url))

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

/** Of undici's megabyte, which holds fetch, WebSocket and mocks, we use the pool. */
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
        // client-node imports it for its own way through proxies, which is not ours
        export class ProxyAgent {}
        export {default as buildConnector} from 'undici/lib/core/connect.js'`,
    }))
  },
}

/**
 * What is loaded for its sake alone, and can't be reached: of undici bodies, which a GET has not; of
 * client-node the old providers and plugins, refreshing an OIDC token, and its own way through proxies (see src/cluster/README.md);
 * of oclif's help looking for help of another kind.
 */
const UNREACHED: Readonly<Record<string, RegExp>> = {
  '/undici/lib/': /\/(web\/fetch\/(body|formdata)|web\/webidl)(\.js)?$/,
  '/@oclif/core/lib/help/index.':
    /^\.\.\/(config\/ts-path|errors\/error|module-loader|util\/cache-default-value|ux)$/,
  '/@oclif/core/lib/config/util.': /^\.\.\/logger$/,
  '/client-node/dist/': /^(node:child_process|jsonpath-plus|openid-client|hpagent|socks|socks-proxy-agent)$/,
}

const withoutTheUnreached: BundlerPlugin = {
  name: 'without-the-unreached',
  setup(bundler) {
    bundler.onResolve({filter: /./}, ({path, importer}) => {
      const isUnreached = Object.entries(UNREACHED).some(
        ([of, what]) => importer.includes(of) && what.test(path),
      )
      return isUnreached ? {path, namespace: 'unreached'} : undefined
    })
    bundler.onLoad({filter: /./, namespace: 'unreached'}, () => ({contents: 'module.exports = {}'}))
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

export const shape = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node22.19',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  write: false,
} as const

/** `src/main.ts` and all that it imports, in chunks that are loaded by `import()`. */
export function bundle() {
  return build({
    ...shape,
    metafile: true,
    entryPoints: ['src/main.ts'],
    splitting: true,
    format: 'esm',
    // undici's own name for a build without its second parser
    define: {esbuildDetection: '1'},
    plugins: [withoutGeneratedClient, withoutMostOfUndici, withoutTheUnreached, withOwnWidths, withoutLong],
  })
}
