import {registerHooks} from 'node:module'

/** cli-table3 measures with our own function, as in the bundle (`scripts/build.ts`). */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'string-width' && context.parentURL?.includes('/cli-table3/')
      ? {url: new URL('own-string-width.ts', import.meta.url).href, shortCircuit: true}
      : next(specifier, context),
})
