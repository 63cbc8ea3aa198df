import type {Help} from '../help.ts'

/** What a container runtime says of a container that it can't create or start; the first that matches. */
const TEXTS: readonly (readonly [pattern: RegExp, text: string, help: Help])[] = [
  [
    /not a shared (?:or slave )?mount/i,
    'a mount of the node is not shared, as mountPropagation needs it',
    {
      acts: [
        'make that mount shared on this node (mount --make-rshared, permanently in its system configuration)',
      ],
      what: 'do without mountPropagation',
    },
  ],
  [
    /bind source path does not exist|failed to (?:mkdir|stat) "?\/|trying to mount a directory onto a file/i,
    'what the container mounts is not there, or is of another type',
    {
      acts: ['see what is at that path on this node, and create it there if the Pod needs it'],
      what: 'correct path and type of the hostPath, or the subPath,',
    },
  ],
  [
    /load seccomp profile|seccomp.*no such file/i,
    'the node does not have the seccomp profile',
    {
      acts: ['put the profile onto this node, below the seccomp directory of its kubelet'],
      what: 'choose another seccompProfile',
    },
  ],
  [
    /apparmor/i,
    "the AppArmor profile can't be applied",
    {acts: ['load that AppArmor profile on this node'], what: 'do without that AppArmor profile'},
  ],
  [
    /nvidia-container-cli|libnvidia|nvml/i,
    "the node's GPU driver does not answer",
    {acts: ['see whether the driver is loaded on this node (nvidia-smi there), and fix what installs it']},
  ],
  [
    /failed to reserve (?:container|sandbox) name|is reserved for "|already in use by container/i,
    "the node's runtime still holds an earlier attempt",
    {
      acts: [
        "see whether the node's disk is overloaded, and wait: the kubelet tries again",
        'only if it lasts, drain the node and restart its runtime',
      ],
    },
  ],
  [
    /no space left/i,
    'the node has no room left',
    {acts: ['make room on the disk of this node, or give it more']},
  ],
  [
    /init was OOM-killed|memory limit too low|minimum memory limit/i,
    'the memory limit is too low to start with',
    {acts: [], what: 'raise limits.memory'},
  ],
  [
    /deadline ?exceeded|timed? ?out/i,
    "the node's runtime does not answer in time",
    {acts: ["see whether the node's disk is overloaded, and whether its runtime works"]},
  ],
]

/** In a few words what is wrong, and what helps; undefined for a text that nobody knows. */
export function runtimeTrouble(message: string | undefined) {
  const found = TEXTS.find(([pattern]) => pattern.test(message ?? ''))
  return found && {text: found[1], help: found[2]}
}
