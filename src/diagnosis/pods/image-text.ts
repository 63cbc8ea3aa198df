/** What a registry, or the way to it, says; the first that matches. Registries word it each in their own way. */
const TEXTS: readonly (readonly [pattern: RegExp, text: string, advice: string, isLasting?: true])[] = [
  [
    /toomanyrequests|too many requests|\b429\b|rate limit|pull limit/i,
    'the registry limits how often it is asked',
    'wait, or pull with credentials, from a mirror or from a cache',
  ],
  [
    /repository does not exist or may require/i,
    'the image does not exist, or the credentials do not reach it',
    'check the spelling of the name first, then imagePullSecrets',
  ],
  [
    /no match for platform|no matching manifest|exec format/i,
    "the image is not made for the node's platform",
    'publish it for that platform, or keep the Pod off such nodes',
    true,
  ],
  [
    /i\/o timeout|deadline exceeded|timed? ?out|timeout/i,
    'the registry does not answer in time',
    'look at the network, the proxy and the firewall between that node and the registry',
  ],
  [
    /no such host|server misbehaving|name resolution/i,
    "the registry's name does not resolve",
    "check the spelling of the registry, and the node's DNS",
  ],
  [
    /x509|certificate|\btls\b|http response to https client/i,
    'TLS with the registry fails',
    "the node has to trust the registry's certificate (or know that it has none)",
  ],
  [
    /connection refused|connection reset|no route to host|network is unreachable|\b50[0234]\b/i,
    'the registry is not reachable',
    'see whether the registry runs, and the network between that node and it',
  ],
  [
    /no space left/i,
    'the node has no room for the image',
    'make room on the node: images and containers that nobody uses, or a bigger disk',
  ],
  [
    /unauthorized|denied|forbidden|\b40[13]\b|authentication required|basic auth|authorization failed|insufficient_scope/i,
    'the registry denies access',
    'check imagePullSecrets, what they contain, and whether they reach this repository',
  ],
  [
    /not found|notfound|manifest unknown|name unknown|\b404\b/i,
    'there is no such image or tag',
    'correct the name or the tag, or push the image',
    true,
  ],
]

/**
 * In a few words why it could not be pulled, and what mends that; undefined for a text that nobody knows.
 * What is lasting does not pass with the node's first minutes.
 */
export function pullTrouble(text: string, image: string | undefined) {
  // a name may contain any of these words
  const plain = image ? text.replaceAll(image, ' ').replaceAll(image.replace(/:[^:/]*$/, ''), ' ') : text
  const found = TEXTS.find(([pattern]) => pattern.test(plain))
  return found && {text: found[1], advice: found[2], isLasting: found[3] === true}
}
