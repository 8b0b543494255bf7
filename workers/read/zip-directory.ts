const END = 0x06054b50
const ENTRY = 0x02014b50
/** The end record and the longest comment behind it. */
const TAIL = 22 + 65_535

/**
 * Bytes of all entries of a zip file once unpacked, as its directory says; the reader holds every entry to its own size.
 * 0 where there is no directory. A size beyond 4 GiB counts as 4 GiB.
 */
export function unpackedSize(data: Uint8Array): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  let end = data.length - 22
  while (end >= 0 && end >= data.length - TAIL && view.getUint32(end, true) !== END) end--
  if (end < 0 || view.getUint32(end, true) !== END) return 0
  let size = 0
  let at = view.getUint32(end + 16, true)
  while (at + 46 <= data.length && view.getUint32(at, true) === ENTRY) {
    size += view.getUint32(at + 24, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return size
}
