import { registerHooks } from 'node:module'

type Shared = typeof import('@cross-app/shared')

let loaded: Promise<Shared> | undefined

/**
 * Loads `@cross-app/shared`, once. Its files import each other without an extension, as both apps' bundlers want it;
 * Node itself wants one, so for that package's own files it is added here.
 */
export function loadShared(): Promise<Shared> {
  loaded ??= (async () => {
    const hooks = registerHooks({
      resolve(specifier, context, next) {
        const own = specifier.startsWith('.') && /\/packages\/shared\/src\//.test(context.parentURL ?? '')
        return next(own && !specifier.endsWith('.ts') ? `${specifier}.ts` : specifier, context)
      },
    })
    try {
      return await import('@cross-app/shared')
    } finally {
      hooks.deregister()
    }
  })()
  return loaded
}
