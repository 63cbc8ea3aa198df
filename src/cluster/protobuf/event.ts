import {envelopeIn, objectOf, understood} from './answer.ts'
import {decoders} from './decoders.ts'
import {readerOf} from './wire.ts'

/** A change as JSON has it; of the object what `kept.proto` names, and its resourceVersion. */
interface DecodedEvent {
  readonly type: unknown
  readonly object: object
}

/**
 * The change of a watch that these bytes are. Its object is an answer of its own (k8s.io/apimachinery 0.37 meta/v1 WatchEvent).
 * @throws ConnectionError when the bytes are not whole, or the object is of a kind that nobody asked for.
 */
export function decodeEvent(bytes: Buffer, server: URL): DecodedEvent {
  return understood(server, () => {
    const {type, object} = decoders.WatchEvent(readerOf(bytes), bytes.length)
    if (!object?.raw) throw new RangeError('a change of nothing')
    const envelope = envelopeIn(object.raw)
    return {type, object: withVersion(objectOf(envelope, server), envelope.raw)}
  })
}

/** No object is kept with its version, so that its decoder does not read it. */
function withVersion(object: {metadata?: object}, raw: Buffer): object {
  const {metadata} = decoders.Versioned(readerOf(raw), raw.length)
  return metadata ? Object.assign(object, {metadata: {...object.metadata, ...metadata}}) : object
}
