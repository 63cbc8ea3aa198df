/** Each has a code cache of its own: it needs other functions than the next. */
export const COMMANDS = [
  'coverage',
  'explain',
  'leftovers',
  'map',
  'options',
  'rollout',
  'snapshot',
  'status',
  'what-if',
  'why',
]

/** What asks for words to complete a command line with: cobra's name for it. */
export const COMPLETE = '__complete'

/**
 * Kind of run that a command line probably is, one of few, found without the parser, which is in the code to be loaded: a wrong
 * guess only means that a function has to be compiled.
 */
export function kindOfRun(argv: readonly string[]): string {
  if (argv[0] === COMPLETE) return 'complete'
  const command = argv.find((word) => COMMANDS.includes(word))
  if (argv.includes('--version')) return 'version'
  if (command === undefined || argv.some((word) => /^(-h|--help|help)$/.test(word))) return 'help'
  return argv.some((word) => /^(-f|--filename)/.test(word)) ? `${command}-saved` : command
}
