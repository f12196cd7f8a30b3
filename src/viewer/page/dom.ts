/** Elements with what is in them. Text is always text: no value of the database is ever read as markup. */

type Child = Node | string | number | null
type Attributes = Readonly<Record<string, string | number | boolean | null>>

/** `true` sets an attribute without a value, `false` and `null` leave it out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes))
    if (value !== false && value !== null) made.setAttribute(name, value === true ? '' : String(value))
  made.append(
    ...children.filter((child) => child !== null).map((child) => (child instanceof Node ? child : `${child}`)),
  )
  return made
}

export function button(text: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text)
  made.addEventListener('click', onClick)
  return made
}

/** A control with its name before it. */
export function labelled(name: string, control: HTMLElement): HTMLLabelElement {
  return element('label', {}, `${name} `, control)
}

export function choice(
  options: readonly (readonly [value: string, text: string])[],
  onChange: (value: string) => void,
): HTMLSelectElement {
  const made = element('select', {}, ...options.map(([value, text]) => element('option', { value }, text)))
  made.addEventListener('change', () => onChange(made.value))
  return made
}

export function field(attributes: Attributes, onInput: (value: string) => void): HTMLInputElement {
  const made = element('input', attributes)
  made.addEventListener('input', () => onInput(made.value))
  return made
}

export function checkbox(onChange: (isChecked: boolean) => void): HTMLInputElement {
  const made = element('input', { type: 'checkbox' })
  made.addEventListener('change', () => onChange(made.checked))
  return made
}
