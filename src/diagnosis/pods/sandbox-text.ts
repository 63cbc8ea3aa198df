/** What runtimes and network plugins say; the first that matches. */
const TEXTS: readonly (readonly [RegExp, string, string])[] = [
  [
    /no (?:more )?(?:free |available )?ip|ip address(?:es)? (?:available|in range)|assign an ip|range is full|no available ip|insufficient.*address/i,
    'no IP address is left for it',
    "the node's, or the network's, address range is used up: look at the network plugin, and at Pods that have ended and were not taken away",
  ],
  [
    /no runtime for|runtimehandler|runtime handler|runtimeclass/i,
    "the node does not have the Pod's runtime class",
    'install that runtime on the node, or let the runtime class select the nodes that have it',
  ],
  [
    /cni|plugin type=|network plugin|networkplugin|setup network|set up pod|network for sandbox/i,
    'its network can not be set up',
    "look at the network plugin's own DaemonSet on that node first",
  ],
  [
    /pause|sandbox image|pull(?:ing)? (?:and unpack )?image/i,
    "the sandbox's own image can not be had",
    "see which image the node's runtime is configured to use for sandboxes, and whether it can be pulled",
  ],
  [
    /cgroup|systemd|dbus/i,
    'its control groups can not be made',
    "look at the cgroup driver of the node's kubelet and runtime",
  ],
]

const UNKNOWN = {text: 'its runtime fails', advice: "look at the node's runtime and its network plugin"}

/** In a few words why there is no sandbox, and where to look. */
export function sandboxTrouble(message: string): {readonly text: string; readonly advice: string} {
  const found = TEXTS.find(([pattern]) => pattern.test(message))
  return found ? {text: found[1], advice: found[2]} : UNKNOWN
}
