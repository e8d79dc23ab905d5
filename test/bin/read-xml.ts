import { SaxesParser } from 'saxes'

export interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** Reads XML as strictly as XML 1.0 asks: the first error throws. */
export function readXml(text: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', (more) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += more
  })
  parser.write(text).close()
  return top.children[0] as Element
}
