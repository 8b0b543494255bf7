declare module '*.as.ts?kernel' {
  /** The kernel's WebAssembly in base 64. */
  const base64: string
  export default base64
}
