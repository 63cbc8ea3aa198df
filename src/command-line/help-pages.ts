import type * as Oclif from '@oclif/core/help'
import type {ExitText} from './exit-status.ts'

const BEGIN = [
  {description: 'Which workloads need attention, worst first', command: 'kubectl stateful status -A'},
  {description: 'Why one of them is blocked, and what to do', command: 'kubectl stateful why sts/db -n shop'},
  {description: 'What the id of a finding means', command: 'kubectl stateful explain crash-loop'},
]

const MORE = `kubectl stateful COMMAND --help tells more about a command, kubectl stateful options lists the flags for the connection. Each question can also be answered from saved objects (-f FILE), as data (-o json), for a ticket (-o markdown) and as a picture (-o html).`

const CONNECTION = "kubectl's own, such as --context and --kubeconfig: kubectl stateful options lists them"

/** What a command says besides what oclif knows of; the manifest keeps it. */
interface Extra {
  readonly rights?: string
  readonly exits?: readonly ExitText[]
}

type Classes = Pick<typeof Oclif, 'Help' | 'CommandHelp'>
type Body = NonNullable<Oclif.HelpSection>['body']

/** oclif's help, in which that which most people look for comes first: where to begin, and examples. */
export function helpPages({Help, CommandHelp}: Classes) {
  class Page extends CommandHelp {
    constructor(...given: ConstructorParameters<typeof CommandHelp>) {
      super(...given)
      this.render = unlessPlain(this.render)
    }

    protected override sections() {
      const {rights, exits = []} = this.command as Extra
      const known = new Map(super.sections().map((section) => [section.header, section]))
      const added = (header: string, body: Body) => ({header, generate: () => ({header, body})})
      const sections = [
        known.get('EXAMPLES'),
        known.get('USAGE'),
        known.get('FLAGS'),
        Object.values(this.command.flags).some(isOfConnection) &&
          added('CONNECTION FLAGS', this.wrap(CONNECTION)),
        known.get('DESCRIPTION'),
        exits.length > 0 &&
          added(
            'EXIT STATUS',
            exits.map(([status, text]) => [status, text]),
          ),
        rights && added('RIGHTS', this.wrap(rights)),
      ]
      return sections.filter((each) => typeof each === 'object')
    }

    protected override flags(flags: Parameters<Oclif.CommandHelp['flags']>[0]) {
      return super.flags(flags.filter((flag) => !isOfConnection(flag)))
    }

    /** The summary stands at the top already. */
    protected override description() {
      return this.wrap(this.command.description ?? '')
    }
  }
  return class extends Help {
    protected override CommandHelpClass = Page

    constructor(...given: ConstructorParameters<typeof Help>) {
      super(...given)
      this.render = unlessPlain(this.render)
    }

    /** oclif's own way to the terminal loads its spinners. */
    protected override log(...lines: string[]) {
      process.stdout.write(`${lines.join(' ')}\n`)
    }

    override formatRoot() {
      const {bin, pjson, userAgent} = this.config
      const example = ({description, command}: (typeof BEGIN)[number]) => `${description}\n  $ ${command}`
      return [
        pjson.description,
        this.section('VERSION', userAgent),
        this.section('WHERE TO BEGIN', BEGIN.map(example).join('\n\n')),
        this.section('USAGE', this.wrap(`$ ${bin} COMMAND [flags]\n\n${MORE}`)),
      ].join('\n\n')
    }
  }
}

function isOfConnection({helpGroup}: {readonly helpGroup?: string | undefined}): boolean {
  return helpGroup === 'connection'
}

/** oclif makes a function of each text, which may be a template; ours are none. */
function unlessPlain(render: (text: string) => string): (text: string) => string {
  return (text) => (text.includes('<%') ? render(text) : text)
}
