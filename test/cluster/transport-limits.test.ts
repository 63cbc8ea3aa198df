import {expect, test} from 'vitest'
import {parseTimeout} from '../../src/cluster/connect-flags.ts'
import {onlyGet} from '../../src/cluster/transport/attempt.ts'
import {connectionError, timeoutError} from '../../src/cluster/transport/errors.ts'
import {userAgent} from '../../src/cluster/transport/headers.ts'
import {limitsFor} from '../../src/cluster/transport/limits.ts'
import {retryAfter} from '../../src/cluster/transport/retry.ts'

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['0', 0],
  ['0s', 0],
  ['7', 7000],
  ['1.5h', 5_400_000],
  ['1h2m3s4ms', 3_723_004],
  ['-5s', 0],
  ['500us', 0.5],
])('--request-timeout %j is %j ms', (text, milliseconds) => {
  expect(parseTimeout(text)).toBe(milliseconds)
})

test('without the flag connecting, waiting and silence have 30 s each; with it the whole request has its time', () => {
  expect(limitsFor(undefined)).toEqual({
    connect: 30_000,
    headers: 30_000,
    body: 30_000,
    total: 0,
    waiting: 60_000,
  })
  expect(limitsFor(5000)).toEqual({connect: 5000, headers: 0, body: 0, total: 5000, waiting: 5000})
  expect(limitsFor(0)).toEqual({connect: 0, headers: 0, body: 0, total: 0, waiting: 60_000})
})

const peer = {server: new URL('https://a.test:6443'), proxy: undefined, limits: limitsFor(undefined)}

test.each<[string, string]>([
  ['UND_ERR_CONNECT_TIMEOUT', 'did not answer within 30s'],
  ['UND_ERR_HEADERS_TIMEOUT', 'did not answer within 30s'],
  ['UND_ERR_BODY_TIMEOUT', 'sent nothing more for 30s'],
])('the limit behind %s names the server and the flag', (code, text) => {
  const error = connectionError(Object.assign(new Error('x'), {code}), peer)
  expect(error.message).toBe(
    `Unable to connect to the server: https://a.test:6443 ${text} (see --request-timeout)`,
  )
})

test('a limit that is not ours is not told', () => {
  const {message} = timeoutError({...peer, limits: limitsFor(0)}, 'connect')
  expect(message).toBe(
    'Unable to connect to the server: https://a.test:6443 did not answer (see --request-timeout)',
  )
})

test.each<[string, string]>([
  ['EHOSTUNREACH', 'dial tcp a.test:6443: connect: no route to host'],
  ['ENETUNREACH', 'dial tcp a.test:6443: connect: network is unreachable'],
  ['ENOTFOUND', 'dial tcp: lookup a.test: no such host'],
  ['ECONNRESET', 'read tcp a.test:6443: connection reset by peer'],
  [
    'CERT_HAS_EXPIRED',
    'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
  ],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'remote error: tls: certificate required'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'remote error: tls: bad certificate'],
])('%s in the words of Go', (code, text) => {
  const first = Object.assign(new Error('first of several addresses'), {code})
  const wrapped = new Error('wrapper', {cause: new AggregateError([first], 'all')})
  expect(connectionError(wrapped, peer).message).toBe(`Unable to connect to the server: ${text}`)
})

test.each<[number, string | undefined, number | undefined]>([
  [429, '1', 1000],
  [503, ' 2 ', 2000],
  [500, undefined, undefined],
  [503, 'Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  [404, '1', undefined],
  [200, '1', undefined],
])('status %i with Retry-After %j waits %j ms', (status, header, wait) => {
  expect(retryAfter(status, header)).toBe(wait)
})

test.each([
  ['linux', 'x64', 'linux/amd64'],
  ['darwin', 'arm64', 'darwin/arm64'],
  ['win32', 'ia32', 'windows/386'],
])('on %s %s we are %s', (platform, arch, words) => {
  expect(userAgent('1.2.3', platform, arch)).toBe(`kubectl-stateful/1.2.3 (${words})`)
})

test('another verb than GET is a bug of ours', () => {
  expect(onlyGet('GET')).toBe('GET')
  expect(() => onlyGet('DELETE')).toThrow('bug: DELETE would not be read-only')
})
