import {AnswerError} from './cluster/errors.ts'
import {masked} from './cluster/masking.ts'
import {parseArgv, wordsOf} from './command-line/argv.ts'
import {endEarly, endWith, type Outcome} from './command-line/exit-status.ts'
import type {Flags} from './command-line/flag.ts'
import {showHelp} from './command-line/help.ts'
import {nearest} from './command-line/nearest.ts'
import {ReaderGone} from './command-line/output.ts'
import {meant, UsageError} from './command-line/usage-error.ts'
import {versions} from './command-line/version.ts'
import {type Command, commands} from './commands/index.ts'
import {clean, shortened} from './model/clean.ts'

export {commands}

const GENERAL: Flags = {
  help: {type: 'boolean', char: 'h', description: 'Show help'},
  version: {type: 'boolean', description: 'Show the version'},
}

/** What kubectl's shells ask with, by cobra's name for it; no command that anybody types. */
const COMPLETE = '__complete'

/** Of an error, whatever a kubeconfig or a server has put into it. */
const LONGEST = 8000

/** Every flag that there is, to tell the words of a command line from its flags before its command is known. */
const ANY: Flags = Object.assign({}, ...Object.values(commands).map(({flags}) => flags), GENERAL)

/** Runs one command line, and tells how it ended; `manifest` reads oclif.manifest.json. Exit status: see README. */
export async function main(argv: readonly string[], manifest: () => string): Promise<Outcome> {
  endEarly()
  try {
    const outcome = await run(argv, manifest)
    endWith(outcome)
    return outcome
  } catch (error) {
    if (error instanceof ReaderGone) return 'unanswered'
    process.stderr.write(`${shortened(sentence(error, argv), LONGEST)}\n`)
    endWith('unanswered')
    return 'unanswered'
  }
}

async function run(argv: readonly string[], manifest: () => string): Promise<Outcome> {
  if (argv[0] === COMPLETE) {
    const {complete} = await import('./commands/completion/complete.ts')
    await complete(argv.slice(1), {commands, general: GENERAL, any: ANY})
    return 'answered'
  }
  const name = nameIn(argv)
  const command = name === undefined ? undefined : commandNamed(name)
  const {given, words} = parseArgv(argv, command ? {...command.flags, ...GENERAL} : ANY)
  if (given.get('version')) process.stdout.write(`${versions()}\n`)
  else if (!command || words[0] === 'help' || given.get('help')) await showHelp(manifest, name)
  else return await command.run({given, words: words.slice(1)})
  return 'answered'
}

/** Name of the command that a command line is for, or asks for help with; undefined: of none. */
function nameIn(argv: readonly string[]): string | undefined {
  const [first, second] = wordsOf(argv, ANY)
  return first === 'help' ? second : first
}

function commandNamed(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command
  const near = nearest(name, [...Object.keys(commands), 'help'])
  throw new UsageError(`unknown command "${name}" for "kubectl stateful"`, meant(near))
}

function sentence(error: unknown, argv: readonly string[]): string {
  if (error instanceof AnswerError) return error.message
  if (error instanceof UsageError) {
    const name = wordsOf(argv, ANY)[0]
    const isKnown = name !== undefined && Object.hasOwn(commands, name)
    const help = `kubectl stateful ${isKnown ? `${name} ` : ''}--help`
    const suggestion = error.suggestion ? `\n${clean(error.suggestion)}` : ''
    return `error: ${clean(error.message)}${suggestion}\nSee '${help}' for usage.`
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `error: this is a mistake in kubectl-stateful, please report it:\n${clean(masked(stack))}`
}
