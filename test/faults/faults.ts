/** What a server, or something in front of it, may do to an answer; each is a row of docs/faults.md. */
import {gzipSync} from 'node:zlib'
import {type Asked, type Fault, type Healthy, refuse} from './server.ts'

/** What becomes of one answer: `healthy` is what should have been sent. */
type Damage = (asked: Asked, healthy: Healthy) => void

export interface FaultRow {
  /** As the table names it. */
  readonly name: string
  readonly damage: Damage
  /**
   * `broken`: the reading failed, `part`: some objects make no sense, `refused`: for want of rights, `none`: the answer is whole
   * nevertheless, `unauthorized`: nobody is signed in.
   */
  readonly kind: 'broken' | 'part' | 'refused' | 'none' | 'unauthorized'
  /** What a person is told, but for a server that needs no word. */
  readonly says: RegExp
  /** Only the first so many answers are damaged. */
  readonly times?: number
  /** Only pages after the first. */
  readonly isLater?: true
  /** Only of a list: of one object there is no such thing. */
  readonly isOfList?: true
  /** It takes so much time and memory of whoever does the damage that one command is enough. */
  readonly isDear?: true
  readonly args?: readonly string[]
}

const UNABLE = 'Unable to connect to the server: '
/** Much longer than a healthy answer takes on a busy machine. */
const SOON = ['--request-timeout', '8s']
const JSON_TYPE = {'content-type': 'application/json'}
const HTML = '<html><head><title>Sign in</title></head><body><h1>Corporate proxy</h1></body></html>'

const text =
  (status: number, body: string | Buffer, headers: Readonly<Record<string, string>> = JSON_TYPE): Damage =>
  ({response}) =>
    void response.writeHead(status, headers).end(body)

const status =
  (code: number, reason: string, message: string, headers: Readonly<Record<string, string>> = {}): Damage =>
  (asked) =>
    refuse(asked, [code, reason, message], headers)

/** The list with other items. */
const withItems =
  (change: (items: readonly object[]) => unknown): Damage =>
  ({response}, {object}) =>
    void response
      .writeHead(200, JSON_TYPE)
      .end(JSON.stringify({...object, items: change(object.items as readonly object[])}))

const first = (change: (item: Item) => object) => (items: readonly object[]) => {
  const [one, ...rest] = items as readonly Item[]
  return one ? [change(one), ...rest] : items
}

interface Item {
  readonly metadata: {readonly labels?: object}
  readonly status?: object
}

/** Ten gigabytes of nothing in ten megabytes. */
const bomb = (): Buffer => {
  const part = gzipSync(Buffer.alloc(64 << 20))
  return Buffer.concat(Array<Buffer>(160).fill(part))
}
let made: Buffer | undefined

/** Of each page the first item is damaged. */
function wrongShape(what: string): RegExp {
  return new RegExp(`error: the answer of SERVER (has a|holds \\d+ objects of a) wrong shape: ${what}`)
}

const SAYS_NOTHING = /^(No resources found\n)?$/

export const faults: readonly FaultRow[] = [
  {
    name: 'the connection is reset',
    damage: ({request}) => void request.socket.destroy(),
    kind: 'broken',
    says: new RegExp(`${UNABLE}.*(connection reset by peer|unexpected EOF)`),
  },
  {
    name: 'silence',
    damage: () => undefined,
    args: SOON,
    kind: 'broken',
    says: new RegExp(`${UNABLE}SERVER did not answer within 8s \\(as --request-timeout asks\\)`),
  },
  {
    name: 'silence in the middle',
    damage: ({response}, {type, body}) =>
      void response.writeHead(200, {'content-type': type}).write(body.subarray(0, body.length / 2)),
    args: SOON,
    kind: 'broken',
    says: new RegExp(`${UNABLE}SERVER did not answer within 8s`),
  },
  {
    name: 'a byte now and then',
    damage: ({response}, {type, body}) => {
      response.writeHead(200, {'content-type': type})
      let at = 0
      const timer = setInterval(() => response.write(body.subarray(at, ++at)), 200)
      response.on('close', () => clearInterval(timer))
    },
    args: SOON,
    kind: 'broken',
    says: new RegExp(`${UNABLE}SERVER did not answer within 8s`),
  },
  {
    name: 'cut off, and the connection breaks',
    damage: ({response}, {type, body}) => {
      response.writeHead(200, {'content-type': type, 'content-length': String(body.length)})
      response.write(body.subarray(0, body.length / 2), () => response.destroy())
    },
    kind: 'broken',
    says: new RegExp(`${UNABLE}.*(unexpected EOF|connection reset by peer)`),
  },
  {
    name: 'cut off, and nobody says so',
    damage: ({response}, {type, body}) =>
      void response
        .writeHead(200, {'content-type': type, connection: 'close'})
        .end(body.subarray(0, body.length / 2)),
    kind: 'broken',
    says: /error: the answer of SERVER (ends in the middle: it is not whole JSON|is not whole: it ends in the middle, or is no protobuf)/,
  },
  {
    name: 'packed, and cut off',
    damage: ({response}, {type, body}) => {
      const packed = gzipSync(body)
      response
        .writeHead(200, {'content-type': type, 'content-encoding': 'gzip'})
        .end(packed.subarray(0, packed.length / 2))
    },
    kind: 'broken',
    says: /error: the answer of SERVER ends in the middle of what is packed with gzip/,
  },
  {
    name: 'said to be packed, and is not',
    damage: ({response}, {type, body}) =>
      void response.writeHead(200, {'content-type': type, 'content-encoding': 'gzip'}).end(body),
    kind: 'broken',
    says: /error: the answer of SERVER says that it is packed with gzip, and is not/,
  },
  {
    name: 'packed in a way that nobody asked for',
    damage: ({response}, {type, body}) =>
      void response.writeHead(200, {'content-type': type, 'content-encoding': 'br'}).end(body),
    kind: 'broken',
    says: /error: the answer of SERVER is packed with br, which nobody asked for/,
  },
  {
    name: 'ten gigabytes in ten megabytes of gzip',
    isDear: true,
    damage: ({response}) => {
      made ??= bomb()
      response.writeHead(200, {...JSON_TYPE, 'content-encoding': 'gzip'}).end(made)
    },
    kind: 'broken',
    says: /error: the answer of SERVER is packed more than a hundred times smaller than it is/,
  },
  {
    name: 'an answer without end',
    isDear: true,
    damage: ({response}) => {
      response.writeHead(200, JSON_TYPE)
      const piece = Buffer.alloc(1 << 20, ' ')
      const more = () => {
        while (!response.destroyed && response.write(piece));
      }
      response.on('drain', more)
      more()
    },
    kind: 'broken',
    says: /error: the answer of SERVER is too long: more than 256 MiB/,
  },
  {
    name: 'a page of HTML',
    damage: text(200, HTML, {'content-type': 'text/html'}),
    kind: 'broken',
    says: /error: the answer of SERVER is not JSON: Sign in Corporate proxy/,
  },
  {
    name: 'a page of HTML with status 502',
    damage: text(502, HTML, {'content-type': 'text/html'}),
    kind: 'broken',
    says: /Error from server \(InternalError\): 502 Bad Gateway: Sign in Corporate proxy/,
  },
  {
    name: 'nothing at all with status 200',
    damage: text(200, ''),
    kind: 'broken',
    says: /error: the answer of SERVER is not JSON: \(empty\)/,
  },
  {
    name: 'a list that is none: `items` is a number',
    isOfList: true,
    damage: withItems(() => 5),
    kind: 'broken',
    says: /error: the answer of SERVER is not a list/,
  },
  {
    name: '`items` is a text',
    isOfList: true,
    damage: withItems(() => 'none'),
    kind: 'broken',
    says: /error: the answer of SERVER is not a list/,
  },
  {
    name: '`items` is an object',
    isOfList: true,
    damage: withItems(() => ({})),
    kind: 'broken',
    says: /error: the answer of SERVER is not a list/,
  },
  {
    name: '`items: null`',
    isOfList: true,
    damage: withItems(() => null),
    kind: 'none',
    says: SAYS_NOTHING,
  },
  {
    name: 'an item that is null',
    isOfList: true,
    damage: withItems((items) => [null, ...items]),
    kind: 'part',
    says: wrongShape('\\w+: it is null, not an object'),
  },
  {
    name: 'an item without a name',
    isOfList: true,
    damage: withItems(first((item) => ({...item, metadata: {}}))),
    kind: 'part',
    says: wrongShape('\\w+ without a name'),
  },
  {
    name: 'an item nested 100,000 deep',
    isOfList: true,
    damage: ({response}, {object}) => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
      const [one, ...rest] = object.items as readonly Item[]
      const labels = {deep: 'DEEP', ...one?.metadata.labels}
      const items = one ? [{...one, metadata: {...one.metadata, labels}}, ...rest] : []
      response.writeHead(200, JSON_TYPE).end(JSON.stringify({...object, items}).replace('"DEEP"', deep))
    },
    kind: 'part',
    says: wrongShape('.* metadata\\.labels\\.deep is a list, not a string'),
  },
  {
    name: 'twenty megabytes in one object',
    isDear: true,
    isOfList: true,
    damage: withItems(
      first((item) => ({...item, status: {...item.status, message: 'x'.repeat(20_000_000)}})),
    ),
    kind: 'none',
    says: SAYS_NOTHING,
  },
  {
    name: 'characters of UTF-8 in two pieces',
    damage: ({response}, {status: code, type, body}) => {
      response.writeHead(code, {'content-type': type})
      for (let at = 0; at < body.length; at += 997) response.write(body.subarray(at, at + 997))
      response.end()
    },
    kind: 'none',
    says: SAYS_NOTHING,
  },
  {
    name: 'pages in a circle',
    isOfList: true,
    damage: (_, {object, send}) => send({...object, metadata: {resourceVersion: '1', continue: 'again'}}),
    kind: 'broken',
    says: /error: the answer of SERVER is a list that has no end/,
  },
  {
    name: '410 at the second page, once',
    isOfList: true,
    damage: status(410, 'Expired', 'The provided continue parameter is too old'),
    isLater: true,
    times: 1,
    kind: 'none',
    says: SAYS_NOTHING,
  },
  {
    name: '410 at every page',
    damage: status(410, 'Expired', 'The provided continue parameter is too old'),
    kind: 'broken',
    says: /Error from server \(Expired\): The provided continue parameter is too old/,
  },
  {
    name: '401 at the second page',
    isOfList: true,
    damage: status(401, 'Unauthorized', 'Unauthorized'),
    isLater: true,
    kind: 'unauthorized',
    says: /^error: You must be logged in to the server \(Unauthorized\)\n$/,
  },
  {
    name: '403',
    damage: status(403, 'Forbidden', 'pods is forbidden: User "someone" cannot list resource "pods"'),
    kind: 'refused',
    says: /Warning: could not read [a-z, ]+ \(Forbidden\)/,
  },
  {
    name: '403 by something in front of the server',
    damage: text(403, HTML, {'content-type': 'text/html'}),
    kind: 'refused',
    says: /Warning: could not read [a-z, ]+ \(Forbidden\)/,
  },
  {
    name: '404: there is no such kind',
    damage: text(404, '404 page not found\n', {'content-type': 'text/plain'}),
    kind: 'refused',
    says: /Warning: could not read \w+ \(NotFound\)/,
  },
  {
    name: '405',
    damage: status(
      405,
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
    ),
    kind: 'refused',
    says: /Warning: could not read \w+ \(MethodNotAllowed\)/,
  },
  ...[429, 503].flatMap((code): FaultRow[] => {
    const reason = code === 429 ? 'TooManyRequests' : 'ServiceUnavailable'
    const says = new RegExp(`Error from server \\(${reason}\\): the server is busy`)
    const busy = (headers: Readonly<Record<string, string>>) =>
      status(code, reason, 'the server is busy', headers)
    return [
      {name: `${code}`, damage: busy({}), kind: 'broken', says},
      {
        name: `${code} with \`Retry-After: 1\`, once`,
        damage: busy({'retry-after': '1'}),
        times: 1,
        kind: 'none',
        says: SAYS_NOTHING,
      },
      {
        name: `${code} with \`Retry-After: 3600\``,
        damage: busy({'retry-after': '3600'}),
        kind: 'broken',
        says,
      },
    ]
  }),
  {
    name: '500',
    damage: status(500, 'InternalError', 'etcdserver: request timed out'),
    kind: 'broken',
    says: /Error from server \(InternalError\): etcdserver: request timed out/,
  },
]

/** That damage to the answers that are chosen. */
export function damaging(
  {damage, times = Number.POSITIVE_INFINITY, isLater, isOfList}: FaultRow,
  chosen: (asked: Asked) => boolean,
): Fault {
  let done = 0
  return async (asked, healthy) => {
    const isMeant =
      chosen(asked) &&
      (!isLater || asked.query.continue !== undefined) &&
      (!isOfList || asked.verb === 'list')
    if (!isMeant || done >= times) return false
    done++
    damage(asked, await healthy())
    return true
  }
}
