import { expect, test } from 'vitest'
import { escapeHtml, needs, render, unmet } from '../../mocks/comms/template-language.ts'

test('a template prints its variables, the first of several that has something to say', () => {
  const source = '{{ symbol }} at {{ price or value }}'
  expect(render(source, { symbol: 'NIFTY', value: 71.2 })).toBe('NIFTY at 71.2')
  expect(render(source, { symbol: 'NIFTY', price: null, value: 0 })).toBe('NIFTY at 0')
  expect(render(source, { symbol: null, price: { low: 1 } })).toBe('n/a at {"low":1}')
})

test('conditions nest, and have an other side', () => {
  const source = '{% if a %}a{% if b %}b{% else %}c{% endif %}{% else %}d{% endif %}!'
  expect(render(source, { a: 1, b: true })).toBe('ab!')
  expect(render(source, { a: 0, b: false })).toBe('ac!')
  expect(render(source, { a: '' })).toBe('d!')
  expect(render(source, {})).toBe('d!')
})

test('a tag alone on its line takes the line with it', () => {
  const source = 'one\n{% if two %}\ntwo\n{% endif %}\nthree'
  expect(render(source, { two: true })).toBe('one\ntwo\nthree')
  expect(render(source, {})).toBe('one\nthree')
})

test('values are escaped where it matters, and never read as templates', () => {
  expect(render('<b>{{ name }}</b>', { name: '<"{{ secret }}">', secret: 'x' }, escapeHtml)).toBe('<b>&#60;&#34;{{ secret }}&#34;&#62;</b>')
})

test('a template needs what it prints outside of any condition; inherited members fill no need', () => {
  const wanted = needs('{{ a }} {{ b or c }} {% if d %}{{ d }}{% endif %}', '{{ a }} {{ constructor }}')
  expect(wanted).toEqual(['a', 'b or c', 'constructor'])
  expect(unmet(wanted, { a: null, c: 1 })).toEqual(['constructor'])
})

test('a stray tag breaks nothing', () => {
  expect(render('{% endif %}a{% else %}b{% if c %}d', { c: false })).toBe('ab')
})
