/** Numbers of files: float32, little-endian whatever the machine. */

export function littleEndianBytes(numbers: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * Float32Array.BYTES_PER_ELEMENT))
  numbers.forEach((value, i) => {
    view.setFloat32(i * Float32Array.BYTES_PER_ELEMENT, value, true)
  })
  return new Uint8Array(view.buffer)
}

/** The inverse of {@link littleEndianBytes}. */
export function fromLittleEndianBytes(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.length / Float32Array.BYTES_PER_ELEMENT
  return Float32Array.from({ length }, (_, i) => view.getFloat32(i * Float32Array.BYTES_PER_ELEMENT, true))
}
