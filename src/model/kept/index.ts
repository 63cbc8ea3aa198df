/** What is kept of each kind of object. Reports see nothing else; the types of `objects.ts` come from here. */
export * from './cluster.ts'
export * from './pod.ts'
export * from './storage.ts'
export * from './workloads.ts'
