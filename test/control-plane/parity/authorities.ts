import {certificate} from './certificates.ts'

const HOSTS = ['localhost', '127.0.0.1', '0.0.0.0', '::1', '::', 'api.example.test', 'xn--bcher-kva.example']
const root = certificate({name: 'root', isAuthority: true})
const other = certificate({name: 'other root', isAuthority: true})
const intermediate = certificate({name: 'intermediate', isAuthority: true, issuer: root})
const underneath = certificate({name: 'beneath', hosts: HOSTS, issuer: intermediate})

/** Every certificate that servers, proxies and users of the table show; the same for all lanes. */
export const identities = {
  root,
  other,
  intermediate,
  server: certificate({name: 'server', hosts: HOSTS, issuer: root}),
  beneath: {...underneath, cert: underneath.cert + intermediate.cert},
  bare: underneath,
  selfSigned: certificate({name: 'itself', hosts: HOSTS}),
  selfSignedAuthority: certificate({name: 'itself as CA', hosts: HOSTS, isAuthority: true}),
  otherName: certificate({name: 'elsewhere', hosts: ['one.example.test', 'two.example.test'], issuer: root}),
  otherAddress: certificate({name: 'elsewhere', hosts: ['10.0.0.1'], issuer: root}),
  wildcard: certificate({name: 'wild', hosts: ['*.example.test'], issuer: root}),
  nameless: certificate({name: 'localhost', issuer: root}),
  expired: certificate({name: 'old', hosts: HOSTS, issuer: root, from: -20, until: -10}),
  future: certificate({name: 'new', hosts: HOSTS, issuer: root, from: 10, until: 20}),
  proxy: certificate({name: 'proxy', hosts: ['localhost', '127.0.0.1'], issuer: root}),
  user: certificate({name: 'ann', issuer: root, organizations: ['dev']}),
  user2: certificate({name: 'bob', issuer: root}),
  strangerUser: certificate({name: 'eve', issuer: other}),
  expiredUser: certificate({name: 'late', issuer: root, from: -20, until: -10}),
} as const

export type IdentityName = keyof typeof identities
