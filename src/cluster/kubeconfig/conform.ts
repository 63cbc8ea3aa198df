import {config, type Shape} from './shape.ts'

/** What is wrong with a decoded kubeconfig file, in client-go's words; undefined if nothing is. */
export function shapeError(file: unknown): string | undefined {
  if (typeof file !== 'object' || Array.isArray(file)) {
    return `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonType(file)} into Go value of type ${HEAD}`
  }
  return mismatch(file, config, '', '')
}

const HEAD =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'

function mismatch(value: unknown, shape: Shape, path: string, owner: string): string | undefined {
  if (value === null || value === undefined || shape === 'any') return undefined
  if (typeof shape === 'string') return scalarMismatch(value, shape, path, owner)
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrong(value, shape.goType, path, owner)
    return first(value, (item) => mismatch(item, shape.list, path, owner))
  }
  if (!isRecord(value))
    return wrong(value, 'goType' in shape ? shape.goType : `v1.${shape.struct}`, path, owner)
  if ('values' in shape)
    return first(Object.values(value), (item) => mismatch(item, shape.values, path, owner))
  // Go meets the fields in the order of their names
  return first(Object.entries(shape.fields).toSorted(byName), ([key, field]) =>
    mismatch(value[key], field, path === '' ? key : `${path}.${key}`, shape.struct),
  )
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1
}

function scalarMismatch(value: unknown, shape: string, path: string, owner: string): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return `json: unsupported value: ${inGo(value)}`
  if (shape === 'bool') return typeof value === 'boolean' ? undefined : wrong(value, shape, path, owner)
  if (typeof value !== 'string') return wrong(value, shape, path, owner)
  if (shape !== '[]uint8') return undefined
  const at = base64Error(value)
  return at < 0 ? undefined : `illegal base64 data at input byte ${at}`
}

function base64Error(text: string): number {
  const bad = text.search(/[^A-Za-z0-9+/=\r\n]/)
  if (bad >= 0) return bad
  const data = text.replace(/[\r\n]/g, '')
  return data.length % 4 === 0 && /^[^=]*={0,2}$/.test(data) ? -1 : data.length - (data.length % 4)
}

function wrong(value: unknown, goType: string, path: string, owner: string): string {
  return `json: cannot unmarshal ${jsonType(value)} into Go struct field ${owner}.${path} of type ${goType}`
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function inGo(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function first<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = check(item)
    if (found !== undefined) return found
  }
  return undefined
}
