import {spawn} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {bundle} from '../scripts/bundle.ts'
import {environment} from './run-plugin.ts'

/** What one run of the built plugin has loaded. */
export interface Loaded {
  /** Paths of the modules that ran, ours and those of packages. */
  readonly modules: readonly string[]
  /** Node's own, without `node:`. */
  readonly builtins: readonly string[]
}

const root = join(import.meta.dirname, '..')
/** Chunks are called after what is in them, so that these are the ones in `dist`. */
const {metafile} = await bundle()
const chunks = new Map(
  Object.entries(metafile.outputs).map(([path, {inputs}]) => [
    path.replace('dist/', './'),
    Object.keys(inputs),
  ]),
)

const index = readFileSync(join(root, 'dist/main.cjs'), 'utf8')
if ([...chunks.keys()].some((chunk) => !index.includes(chunk)))
  throw new Error('dist is of other sources: npm run build')

/** Every module of the bundle. */
export const bundled: readonly string[] = Object.keys(metafile.inputs)

/** Which modules of the bundle import which of these of Node's. */
export function importsOf(
  builtins: readonly string[],
): readonly {readonly from: string; readonly to: string}[] {
  return Object.entries(metafile.inputs).flatMap(([from, {imports}]) =>
    imports.map(({path}) => ({from, to: path.replace(/^node:/, '')})).filter(({to}) => builtins.includes(to)),
  )
}

/** Writes the names of Node's modules that are loaded by the end. */
const AT_END = `process.on('exit', () => process.getBuiltinModule('node:fs').writeFileSync(
  process.env.TOLD_BUILTINS, process.moduleLoadList.join('\\n')))`

/** What is loaded for one command line, without cluster and without code cache. */
export async function loadedBy(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-'))
  const [hook, builtins, coverage] = ['hook.cjs', 'builtins', 'coverage'].map((name) => join(folder, name))
  const env = {
    NODE_DISABLE_COMPILE_CACHE: '1',
    NODE_V8_COVERAGE: coverage,
    TOLD_BUILTINS: builtins,
    ...variables,
  }
  try {
    writeFileSync(hook ?? '', AT_END)
    await run(['--require', hook ?? '', join(root, 'bin/run.js'), ...args], {...environment, ...env})
    const names = readFileSync(builtins ?? '', 'utf8').split('\n')
    return {
      modules: ranIn(coverage ?? ''),
      builtins: names.map((name) => name.replace('NativeModule ', '')),
    }
  } finally {
    rmSync(folder, {recursive: true})
  }
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, {cwd: root, env, stdio: 'ignore'})
  await new Promise((resolve) => child.on('close', resolve))
}

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly functionName: string
      readonly ranges: readonly {readonly count: number}[]
    }[]
  }[]
}

/** Modules of the chunks that V8 has seen running: each is a function that is called as the chunk is. */
function ranIn(folder: string): readonly string[] {
  const reports = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Coverage,
  )
  const functions = reports.flatMap(({result}) => result.flatMap((script) => script.functions))
  const ran = functions.filter(({ranges}) => (ranges[0]?.count ?? 0) > 0)
  return ran.flatMap(({functionName}) => chunks.get(functionName) ?? [])
}
