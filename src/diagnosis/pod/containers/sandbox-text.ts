/** What runtimes and network plugins say; the first that matches. */
const TEXTS: readonly (readonly [RegExp, text: string, advice: string, isAboutPlugin?: true])[] = [
  [
    /no (?:more )?(?:free |available )?ip|ip address(?:es)? (?:available|in range)|assign an ip|range is full|no available ip|insufficient.*address/i,
    'No IP address is left',
    "free addresses of the node's, or the network's, range: delete Pods that have failed or succeeded, or give the network plugin more",
  ],
  [
    /no runtime for|runtimehandler|runtime handler|runtimeclass/i,
    "The node's container runtime has no handler for the runtime class",
    "configure the handler of the RuntimeClass in the node's container runtime (whoever installs it there, such as a toolkit's DaemonSet, may not be done, or writes another configuration than the runtime reads); or let the runtime class select only nodes that have it",
  ],
  [
    /cni|plugin type=|network plugin|networkplugin|setup network|set up pod|network for sandbox/i,
    "The network can't be set up",
    "fix the network plugin's own DaemonSet on that node first",
    true,
  ],
  [
    /pause|sandbox image|pull(?:ing)? (?:and unpack )?image/i,
    "The sandbox's own image can't be pulled",
    "see which image the node's runtime is configured to use for sandboxes, and make that one available",
  ],
  [
    /cgroup|systemd|dbus/i,
    "Control groups can't be created",
    "use the same cgroup driver in the node's kubelet and runtime",
  ],
]

const UNKNOWN: SandboxTrouble = {
  isAboutPlugin: false,
  text: "The node's runtime fails",
  advice: "look at the node's runtime and its network plugin",
}

/** In a few words why there is no sandbox, as a sentence begins with it, and where to look. */
export function sandboxTrouble(message: string): SandboxTrouble {
  const found = TEXTS.find(([pattern]) => pattern.test(message))
  return found ? {text: found[1], advice: found[2], isAboutPlugin: found[3] === true} : UNKNOWN
}

export interface SandboxTrouble {
  readonly text: string
  readonly advice: string
  /** The network plugin does not work on that node. */
  readonly isAboutPlugin: boolean
}
