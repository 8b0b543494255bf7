interface ScriptUrls {
  createScriptURL: (url: string) => string
}
interface TrustedTypes {
  createPolicy: (name: string, rules: ScriptUrls) => ScriptUrls
}

function ownOrigin(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`not a script of ours: ${url}`)
  return url
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
const policy = trustedTypes?.createPolicy('healthsheet', { createScriptURL: ownOrigin })

/** A script address of this page's own origin, in the form that Trusted Types lets start a worker. Throws on any other. */
export function scriptUrl(url: string): string {
  return policy ? policy.createScriptURL(url) : ownOrigin(url)
}
