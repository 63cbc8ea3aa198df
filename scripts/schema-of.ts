import {join} from 'node:path'
import {
  type CompletedConfig,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
  StringType,
  type SubNodeParser,
} from 'ts-json-schema-generator'
import {type Schema, tightened} from './schema-tightening.ts'

const root = join(import.meta.dirname, '..')

/** Commands with a report of their own. */
export const reports = [
  'map',
  'coverage',
  'rollout',
  'status',
  'why',
  'explain',
  'what-if',
  'leftovers',
] as const

const config = {
  ...DEFAULT_CONFIG,
  path: join(root, 'src/reports/*/report.ts'),
  tsconfig: join(root, 'tsconfig.json'),
  // tsc does that
  skipTypeCheck: true,
  topRef: false,
  expose: 'export',
  jsDoc: 'extended',
} as CompletedConfig

/** The ids are read off a constant, which the generator can't follow; and a client must not break with a new one. */
const idParser: SubNodeParser = {
  supportsNode: (node) => 'name' in node && (node.name as {text?: string} | undefined)?.text === 'CauseId',
  createType: () => new StringType(),
}

/** Generator of the schemas of all reports; to make one takes seconds. */
export function schemaGenerator(): SchemaGenerator {
  const program = createProgram(config)
  const parser = createParser(program, config, (chain) => void chain.addNodeParser(idParser))
  return new SchemaGenerator(program, parser, createFormatter(config), config)
}

function capitalized(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

/** The JSON Schema of what `NAME -o json` prints, as it is written down. */
export function schemaText(generator: SchemaGenerator, name: (typeof reports)[number]): string {
  const kind = `${name.split('-').map(capitalized).join('')}Report`
  const {$schema, ...schema} = generator.createSchema(kind)
  const title = `${kind} of kubectl stateful ${name} -o json, kubectl-stateful/v1alpha1`
  return `${JSON.stringify({$schema, title, ...(tightened(schema as Schema) as Schema)}, null, 2)}\n`
}
