import type {Node} from '../../../model/objects.ts'
import type {Help} from '../help.ts'
import {OTHER_PLATFORM, PLATFORM_FIX, platformText} from '../platform.ts'
import {imageText} from '../reference.ts'

interface PullTrouble {
  /** The sentence about `image`, such as `image db:1`. */
  readonly text: string
  readonly help: Help
  /** It does not pass with the node's first minutes. */
  readonly isLasting: boolean
}

interface PullText {
  readonly pattern: RegExp
  readonly text: (image: string) => string
  /** Outside of the template. */
  readonly act: string
  /** In the template. */
  readonly what?: string
  readonly isLasting?: true
}

const REGISTRY = 'if several nodes fail'
const CREDENTIALS = 'check imagePullSecrets, what they contain, and whether they reach this repository'

/** What a registry, or the way to it, says; the first that matches. Registries word it each in their own way. */
const TEXTS: readonly PullText[] = [
  {
    pattern: /toomanyrequests|too many requests|\b429\b|rate limit|pull limit/i,
    text: (image) => `The registry limits how often ${image} may be pulled`,
    act: 'wait, or give the Pods credentials, a mirror or a cache of the registry',
  },
  {
    pattern: /repository does not exist or may require/i,
    text: (image) => `${image} does not exist, or the credentials do not reach it`,
    act: `if the name is right, ${CREDENTIALS}`,
    what: 'if the name is wrong, correct it',
  },
  {
    pattern: /i\/o timeout|deadline exceeded|timed? ?out|timeout/i,
    text: (image) => `The registry of ${image} does not answer in time`,
    act: `${REGISTRY}, look at the registry; if one does, at the network, the proxy and the firewall of that node`,
  },
  {
    pattern: /no such host|server misbehaving|name resolution/i,
    text: (image) => `The registry's name of ${image} does not resolve`,
    act: "if the name is right, fix the node's DNS",
    what: 'if the name is wrong, correct it',
  },
  {
    pattern: /x509|certificate|\btls\b|http response to https client/i,
    text: (image) => `TLS with the registry of ${image} fails`,
    act: "let the node trust the registry's certificate (or know that it has none)",
  },
  {
    pattern: /connection refused|connection reset|no route to host|network is unreachable|\b50[0234]\b/i,
    text: (image) => `The registry of ${image} can't be reached`,
    act: `${REGISTRY}, look at the registry; if one does, at the network between that node and it`,
  },
  {
    pattern: /no space left/i,
    text: (image) => `The node has no room for ${image}`,
    act: 'make room on the node: images and containers that nobody uses, or a bigger disk',
  },
  {
    pattern:
      /unauthorized|denied|forbidden|\b40[13]\b|authentication required|basic auth|authorization failed|insufficient_scope/i,
    text: (image) => `The registry denies access to ${image}`,
    act: CREDENTIALS,
  },
  {
    pattern: /not found|notfound|manifest unknown|name unknown|\b404\b/i,
    text: (image) => `${image} does not exist in its registry`,
    act: 'push the image, if that is the one that you want: the kubelet tries again within 5m',
    what: 'correct the name or the tag',
    isLasting: true,
  },
]

/** Of a text that nobody knows, only what is always true. */
const UNKNOWN: PullText = {
  pattern: /(?:)/,
  text: (image) => `${image} can't be pulled`,
  act: 'act on what the registry says in the proof: if several nodes fail it is the registry or the name, if one does it is that node',
}

/**
 * Why it could not be pulled, and what fixes that; `image` is as a sentence begins with it. What is lasting does not pass
 * with the node's first minutes; a platform that is missing fails alike on all nodes of that platform.
 */
export function pullTrouble(said: string, image: string | undefined, node: Node | undefined): PullTrouble {
  // a name may contain any of these words
  const plain = image ? said.replaceAll(image, ' ').replaceAll(image.replace(/:[^:/]*$/, ''), ' ') : said
  const name = `image ${imageText(image)}`
  if (OTHER_PLATFORM.test(plain))
    return {
      text: `${name} is not made for ${platformText(node)}`,
      help: {acts: [], what: PLATFORM_FIX},
      isLasting: true,
    }
  const {text, act, what, isLasting = false} = TEXTS.find(({pattern}) => pattern.test(plain)) ?? UNKNOWN
  return {text: text(name), help: {acts: [act], ...(what && {what})}, isLasting}
}
