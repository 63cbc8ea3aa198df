import {quoted} from '../../words.ts'

/** `volume data`, as the message names it; in words where it does not. */
export function volumeIn(message: string): string {
  const name = /for volume "([^"]*)"/i.exec(message)?.[1]
  return name ? `volume ${quoted(name)}` : 'a volume'
}

/** Who has it, as the attach-detach controller says. */
export function usersIn(message: string): string {
  const names = /already used by pod\(s\) ([a-z0-9.-]+(?:, [a-z0-9.-]+)*)/i.exec(message)?.[1]
  return names ? `${names.includes(',') ? 'Pods' : 'Pod'} ${names} on another node` : 'a Pod on another node'
}

/** Volumes that a summary names. */
export function unmountedIn(message: string): string {
  const names = /unmounted volumes=\[([^\]]*)\]/i.exec(message)?.[1]?.trim()
  if (!names) return 'the volumes of the Pod were'
  return names.includes(' ')
    ? `volumes ${quoted(names).replaceAll(' ', ', ')} were`
    : `volume ${quoted(names)} was`
}

/** The path of the node. */
export function pathIn(message: string): string {
  const path =
    /type check failed[:,] (\/\S*)/i.exec(message)?.[1] ??
    /: (?:mkdir|open|l?stat) (\/[^\s:]*)/i.exec(message)?.[1]
  return path ? `path ${quoted(path)} of the node` : 'a path of the node'
}

/** What is wrong with the path. */
export function unfitIn(message: string): string {
  const kind = /is not an? (directory|file|(?:socket|character|block|device)[a-z ]*)/i.exec(message)?.[1]
  if (kind) return `is not a ${kind.trim()}`
  if (/not a directory/i.test(message)) return 'is not in a directory'
  if (/read-only file system/i.test(message)) return 'is on a read-only file system'
  if (/permission denied/i.test(message)) return 'may not be opened'
  return /no such file/i.test(message) ? 'does not exist' : 'is not what the volume asks for'
}

/** What is wrong with a ConfigMap or Secret that is mounted. */
export function sourceIn(message: string): string {
  const [, kind = '', name = ''] = /(configmap|secret)s? "([^"]*)"/i.exec(message) ?? []
  const source = `${kindOf(kind)} ${quoted(name)}`
  if (/" is forbidden/i.test(message)) return `${source} may not be read by the kubelet`
  if (name) return `${source} does not exist`
  const [, ofKey = ''] = /non-existent (config|secret) key/i.exec(message) ?? []
  if (ofKey) return `a key that ${volumeIn(message)} asks for does not exist in its ${kindOf(ofKey)}`
  return `the kubelet has not read the ConfigMap or Secret of ${volumeIn(message)} yet`
}

function kindOf(word: string): string {
  return /^config/i.test(word) ? 'ConfigMap' : 'Secret'
}
