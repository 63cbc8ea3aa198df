import type {Command} from '@oclif/core/command'
import {Config} from '@oclif/core/config'
import {AnswerError} from './cluster/errors.ts'
import {commandOf, type FlagSpecs, type NormalArgv, normalizeArgv} from './command-line/argv.ts'
import {ReaderGone} from './command-line/output.ts'
import {sealed, unsealing} from './command-line/sealed.ts'
import {UsageError} from './command-line/usage-error.ts'
import {CoverageCommand} from './commands/coverage.ts'
import {MapCommand} from './commands/map.ts'
import {RolloutCommand} from './commands/rollout.ts'
import {SnapshotCommand} from './commands/snapshot.ts'
import {StatusCommand} from './commands/status.ts'
import {WhyCommand} from './commands/why.ts'
import {clean} from './model/clean.ts'

/** Every command by its name. oclif reads them here for its manifest; `main` runs them from here. */
export const commands: Readonly<Record<string, Command.Class>> = {
  coverage: CoverageCommand,
  map: MapCommand,
  rollout: RolloutCommand,
  snapshot: SnapshotCommand,
  status: StatusCommand,
  why: WhyCommand,
}

for (const command of Object.values(commands)) command.flags = unsealing(command.flags)

const HELP = {type: 'boolean', char: 'h'} as const
const VERSION = {type: 'boolean'} as const

/** What ends us from outside, by the exit status that shells give it; `exit` listeners tidy up. */
const SIGNALS = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143}

/** Runs one command line; `root` is the folder of package.json. Exit status: see README. */
export async function main(argv: readonly string[], root: string): Promise<void> {
  for (const [signal, status] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(status))
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2))
  try {
    await run(argv, root)
  } catch (error) {
    if (!(error instanceof ReaderGone)) fail(error, argv)
  }
}

async function run(argv: readonly string[], root: string): Promise<void> {
  const {command, flags, words} = understand(argv)
  // on Windows oclif would start a PowerShell to find out the shell's name (oclif/core#1614)
  if (process.platform === 'win32') process.env.SHELL ??= process.env.ComSpec ?? 'cmd'
  const config = await Config.load(root)
  if (flags.includes('--version')) return void process.stdout.write(`${config.userAgent}\n`)
  const chosen = command === 'help' ? words[0] : command
  if (command === 'help' || chosen === undefined || flags.includes('--help')) {
    // a CommonJS module: bundled, its names are only on its default
    const {default: help} = await import('@oclif/core/help')
    return new help.Help(config).showHelp(chosen === undefined ? [] : [chosen])
  }
  await commands[chosen]?.run([...sealed(flags), '--', ...words], config)
}

/** The command line against the flags of its own command, once it is known which that is. */
function understand(argv: readonly string[]): NormalArgv {
  const {command, words} = normalizeArgv(argv, specsOf(Object.values(commands)))
  const chosen = command === 'help' ? words[0] : command
  if (chosen === undefined) return normalizeArgv(argv, specsOf(Object.values(commands)))
  const known = Object.hasOwn(commands, chosen) ? commands[chosen] : undefined
  if (!known) throw new UsageError(`unknown command "${chosen}" for "kubectl stateful"`)
  return normalizeArgv(argv, specsOf([known]))
}

function specsOf(classes: readonly Command.Class[]): FlagSpecs {
  return Object.assign({}, ...classes.map(({flags}) => flags), {help: HELP, version: VERSION})
}

function fail(error: unknown, argv: readonly string[]): void {
  process.exitCode = 2
  process.stderr.write(`${sentence(error, argv)}\n`)
}

function sentence(error: unknown, argv: readonly string[]): string {
  if (error instanceof AnswerError) return error.message
  if (error instanceof UsageError) {
    const command = commandOf(argv, specsOf(Object.values(commands)))
    const isKnown = command !== undefined && Object.hasOwn(commands, command)
    const help = `kubectl stateful ${isKnown ? `${command} ` : ''}--help`
    const suggestion = error.suggestion ? `\n${clean(error.suggestion)}` : ''
    return `error: ${clean(error.message)}${suggestion}\nSee '${help}' for usage.`
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `error: this is a mistake in kubectl-stateful, please report it:\n${clean(stack)}`
}
