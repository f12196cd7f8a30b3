/** "name:version" in its parts; a name may have colons of its own. */
export function modelReference(text: string): { readonly name: string; readonly version: string } {
  const colon = text.lastIndexOf(':')
  return { name: text.slice(0, colon), version: text.slice(colon + 1) }
}
