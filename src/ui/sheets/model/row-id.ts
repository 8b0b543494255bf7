/** A row's id as the grid writes it into the page: it escapes what HTML would, and then no longer finds it. */
export function attributeOf(id: string): string {
  return encodeURIComponent(id).replaceAll("'", '%27')
}

/** The id of the row that has such an attribute. */
export function idOf(attribute: string): string {
  return decodeURIComponent(attribute)
}
