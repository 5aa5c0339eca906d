/** How Node finds what the engine imports from the page: the late half stands beside this file. */

export async function resolve(specifier, context, next) {
  if (specifier !== '../engine-late') return next(specifier, context)
  return { url: new URL('engine-late.mjs', import.meta.url).href, shortCircuit: true }
}
