type Environment = Readonly<Record<string, string | undefined>>

/** Programs whose terminals know OSC 8, each since a version; `[0]`: always. After npm's supports-hyperlinks. */
const PROGRAMS: Readonly<Record<string, readonly number[]>> = {
  'iTerm.app': [3, 1],
  WezTerm: [20200620],
  vscode: [1, 72],
  ghostty: [0],
  zed: [0],
}
/** GNOME's library crashed on them in 0.50.0. */
const VTE = 5001
const TERMS: ReadonlySet<string> = new Set(['alacritty', 'xterm-kitty', 'xterm-ghostty', 'foot'])

/** Whether a stream is a terminal that is known to show links; of any other it is not tried. */
export function showsLinks(stream: {readonly isTTY?: boolean}, env: Environment): boolean {
  const {TERM = '', TERM_PROGRAM = '', TERM_PROGRAM_VERSION = '', VTE_VERSION, WT_SESSION} = env
  if (!stream.isTTY || env.NO_COLOR !== undefined || env.CI !== undefined) return false
  // a multiplexer hides which terminal it runs in
  if (/^(dumb|screen|tmux)/.test(TERM)) return false
  if (WT_SESSION !== undefined) return true
  const since = Object.hasOwn(PROGRAMS, TERM_PROGRAM) ? PROGRAMS[TERM_PROGRAM] : undefined
  if (since) return isAtLeast(TERM_PROGRAM_VERSION, since)
  return VTE_VERSION === undefined ? TERMS.has(TERM) : Number(VTE_VERSION) >= VTE
}

function isAtLeast(version: string, [major = 0, minor = 0]: readonly number[]): boolean {
  const [own = 0, part = 0] = version.split(/[.-]/).map(Number)
  return own > major || (own === major && part >= minor)
}

/** What package.json says of where the project lives. */
interface Project {
  readonly homepage?: string
  readonly repository?: string | {readonly url?: string}
}

/** Address of a cause's page in the project's repository; undefined where that has no address. */
export function pagesOf({homepage, repository}: Project): ((id: string) => string) | undefined {
  const address = (typeof repository === 'string' ? repository : repository?.url) ?? homepage
  const [, base] = /^(?:git\+)?(https:\/\/[\w./-]+?)(?:\.git)?\/?(?:#.*)?$/.exec(address ?? '') ?? []
  return base === undefined ? undefined : (id) => `${base}/blob/HEAD/docs/causes/${id}.md`
}
