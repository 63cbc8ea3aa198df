const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`

const IS_NAME = new RegExp(`^${NAME}$`)
const IS_DNS_SUBDOMAIN = new RegExp(`^${DNS_SUBDOMAIN}$`)

const CHARACTERS =
  "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
const NAME_FAULT = `must ${CHARACTERS} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME}')`
const VALUE_FAULT = `a valid label must be an empty string or ${CHARACTERS} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${NAME})?')`
const PREFIX_FAULT = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${DNS_SUBDOMAIN}')`

/** What is wrong with a label's key, or a taint's, in the words of apimachinery's IsLabelKey (1.37); nothing: it is one. */
export function labelKeyFaults(key: string): readonly string[] {
  const parts = key.split('/')
  if (parts.length > 2)
    return [
      `a valid label key ${NAME_FAULT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  const name = parts.pop() ?? ''
  const [prefix] = parts
  return [
    ...(prefix === undefined ? [] : prefixFaults(prefix).map((fault) => `prefix part ${fault}`)),
    ...[...lengthFaults(name, 63), ...(IS_NAME.test(name) ? [] : [NAME_FAULT])].map(
      (fault) => `name part ${fault}`,
    ),
  ]
}

/** The same of a label's value, or a taint's: IsLabelValue (1.37). */
export function labelValueFaults(value: string): readonly string[] {
  if (value === '') return []
  return [...lengthFaults(value, 63), ...(IS_NAME.test(value) ? [] : [VALUE_FAULT])]
}

function prefixFaults(prefix: string): readonly string[] {
  if (prefix === '') return lengthFaults(prefix, 253)
  return [...lengthFaults(prefix, 253), ...(IS_DNS_SUBDOMAIN.test(prefix) ? [] : [PREFIX_FAULT])]
}

function lengthFaults(text: string, most: number): readonly string[] {
  if (text === '') return ['must be non-empty']
  return text.length > most ? [`must be no more than ${most} bytes`] : []
}
