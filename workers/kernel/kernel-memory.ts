const PAGE = 65_536

/** Addresses are multiples of this, so that eight customers are one aligned load. */
const ALIGNMENT = 64

/** The one memory of a data set: it only grows, and views of it are made per use since growing detaches them. */
export class KernelMemory {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 })
  // Address 0 means "none" to the kernel.
  #top = ALIGNMENT

  /** Room for so many bytes, all 0 where none was given back. Throws a RangeError where the machine has no more. */
  allocate(bytes: number): number {
    const address = this.#top
    const top = address + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
    const missing = top - this.memory.buffer.byteLength
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE))
    this.#top = top
    return address
  }

  /** Gives all room back: what is allocated from now on is whatever was there. */
  restart(): void {
    this.#top = ALIGNMENT
  }

  clear(address: number, bytes: number): void {
    this.u8(address, bytes).fill(0)
  }

  u8(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length)
  }

  i16(address: number, length: number): Int16Array {
    return new Int16Array(this.memory.buffer, address, length)
  }

  u16(address: number, length: number): Uint16Array {
    return new Uint16Array(this.memory.buffer, address, length)
  }

  i32(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length)
  }

  u32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length)
  }

  f64(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length)
  }
}
