import {createHash} from 'node:crypto'
import {type Metafile, type OutputFile, transform} from 'esbuild'

/** Modules that are loaded by `import()`, by the file that they and all that nobody else needs go to; the others: `answers`. */
const ROOTS: Readonly<Record<string, RegExp>> = {
  main: /^src\/main\.ts$/,
  help: /@oclif\/core\/|\/help-(pages|config)\.ts$/,
  cluster:
    /^src\/cluster\/(connect|transport\/dispatcher)\.ts$|\/client-node\/|^src\/command-line\/session\.ts$/,
}

/** Files for `dist` by their names, as `src/start/packs.ts` reads them, and a name for this build. */
export interface Packs {
  readonly build: string
  readonly files: ReadonlyMap<string, string>
}

/** Chunks as CommonJS in few files: Node reads a file quicker than fifty, and V8 skips a function that nobody calls. */
export async function packsOf(outputs: readonly OutputFile[], metafile: Metafile): Promise<Packs> {
  const packs = packByChunk(metafile)
  const chunks = await Promise.all(
    outputs.map(async ({path, text}) => {
      const name = nameOf(path)
      return {name, pack: packs.get(name) ?? 'answers', code: await asFunction(text)}
    }),
  )
  const texts = [...Map.groupBy(chunks, ({pack}) => pack)].map(([pack, within]) => {
    const members = within.map(({name, code}) => `${JSON.stringify(name)}:${code}`)
    return [pack, `{${members.join(',')}}`] as const
  })
  const index = JSON.stringify(Object.fromEntries(packs))
  const files = texts.map(
    ([pack, text]) =>
      [pack, pack === 'main' ? `({packs:${index},chunks:${text}})\n` : `(${text})\n`] as const,
  )
  const build = createHash('sha256').update(files.flat().join()).digest('hex').slice(0, 16)
  return {build, files: new Map(files)}
}

/** Which file each chunk goes to: `main` before all, for it is always there; then the one that alone needs it, or `shared`. */
function packByChunk({outputs}: Metafile): ReadonlyMap<string, string> {
  const packs = new Map<string, Set<string>>(Object.keys(outputs).map((path) => [path, new Set()]))
  for (const [path, {entryPoint}] of Object.entries(outputs)) {
    if (entryPoint === undefined) continue
    const pack = Object.keys(ROOTS).find((each) => ROOTS[each]?.test(entryPoint)) ?? 'answers'
    for (const each of closure(path, outputs)) packs.get(each)?.add(pack)
  }
  return new Map([...packs].map(([path, wanted]) => [nameOf(path), packFor(wanted)]))
}

function packFor(wanted: ReadonlySet<string>): string {
  if (wanted.has('main')) return 'main'
  const [only = 'answers', ...others] = wanted
  if (others.length === 0) return only
  // a cluster is dialed before what answers is read
  return wanted.has('cluster') ? 'shared' : 'answers'
}

/** A chunk and all that it loads before it runs. */
function closure(
  path: string,
  outputs: Metafile['outputs'],
  known: Set<string> = new Set(),
): ReadonlySet<string> {
  if (known.has(path)) return known
  known.add(path)
  for (const {path: next, kind, external} of outputs[path]?.imports ?? [])
    if (!external && kind === 'import-statement') closure(next, outputs, known)
  return known
}

/** `dist/main.js` → `./main.js`, as chunks call each other. */
function nameOf(path: string): string {
  return `./${path.slice(path.lastIndexOf('/') + 1)}`
}

/** `import()` becomes `require` as well: there is no other loader in a script. */
async function asFunction(code: string): Promise<string> {
  const {code: commonJs, warnings} = await transform(code, {
    format: 'cjs',
    platform: 'node',
    target: 'node22.19',
    supported: {'dynamic-import': false},
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
  })
  if (warnings.length > 0) throw new Error(warnings.map(({text}) => text).join('\n'))
  return `function(require,module,exports){${commonJs.trimEnd()}}`
}
