/** It failed on the way to the proxy, or there; `cause` says how. */
export class ProxyError extends Error {}

/** The proxy was reached and would not let us through: the message is its answer. */
export class ProxyRefusal extends Error {}
