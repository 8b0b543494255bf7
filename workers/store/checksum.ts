/**
 * A 32-bit checksum of a buffer. Each step is a bijection of the state, so a change of any single word always shows;
 * it guards against a disk that lies, not against an attacker.
 */
export function checksum(buffer: ArrayBuffer): number {
  const words = new Uint32Array(buffer, 0, buffer.byteLength >>> 2)
  let h = 0x9747b28c ^ buffer.byteLength
  // Counted, not iterated: an import goes through a hundred megabytes here.
  for (let i = 0; i < words.length; i++) h = step(h, words[i]!)
  const rest = new Uint8Array(buffer, words.length * 4)
  for (const byte of rest) h = step(h, byte)
  return h >>> 0
}

function step(h: number, word: number): number {
  const mixed = Math.imul(h ^ word, 0x9e3779b1)
  return (mixed << 13) | (mixed >>> 19)
}
