/**
 * An array with the value of every place in it; a tenth of the time of `from` with a function, which goes by iterators.
 * @returns the array that was given
 */
export function filled<Values extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  values: Values,
  valueOf: (place: number) => number,
): Values {
  for (let place = 0; place < values.length; place++) values[place] = valueOf(place)
  return values
}
