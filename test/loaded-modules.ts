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

/** Every module of the bundle. */
export const bundled: readonly string[] = Object.keys(metafile.inputs)

/** What is loaded for one command line, without cluster and without code cache. */
export async function loadedBy(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-'))
  try {
    const told = join(folder, 'builtins')
    const atEnd = `process.on('exit', () => process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(told)}, process.moduleLoadList.join('\\n')))`
    const hook = join(folder, 'at-end.cjs')
    writeFileSync(hook, atEnd)
    const env = {...environment, NODE_V8_COVERAGE: join(folder, 'coverage'), ...variables}
    const child = spawn(process.execPath, ['--require', hook, join(root, 'bin/run.js'), ...args], {
      cwd: root,
      env,
      stdio: 'ignore',
    })
    await new Promise((resolve) => child.on('close', resolve))
    const builtins = readFileSync(told, 'utf8')
      .split('\n')
      .map((line) => line.replace('NativeModule ', ''))
    return {modules: ranIn(join(folder, 'coverage')), builtins}
  } finally {
    rmSync(folder, {recursive: true})
  }
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
