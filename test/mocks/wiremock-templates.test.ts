import { expect, test } from 'vitest'
import { createIds } from '../../mocks/kit/ids.ts'
import { asked, render } from '../../mocks/kit/wiremock/index.ts'
import { Clock } from '../../scenarios/kit/clock.ts'

const TARGET = '/contacts/a%20b/orders?things=1&things=2&things=3&one=x%20y+z&ids[]=111&ids[]=222&MyDate=Tue,%2015%20Jun%202021%2015:16:17%20GMT'
const BODY = '{"outer":{"inner":"Stuff","list":[1,2,{"a":"b"}]},"names":["x"],"z":null,"t":true}'

interface At {
  now?: string
  target?: string
  /** `''` is none. */
  urlPathTemplate?: string
}

function rendered(template: string, { now = '2026-11-22T07:57:12.479Z', target = TARGET, urlPathTemplate = '/contacts/{contactId}/orders' }: At = {}): string {
  const headers = { Host: '127.0.0.1:18765', 'X-Request-Id': 'one', 'x-request-id': 'two', Cookie: 's=12; t=3' }
  const request = { method: 'POST', target, rawHeaders: Object.entries(headers).flat(), body: Buffer.from(BODY), tooLarge: false, gone: false }
  return render(template, asked({ request, clock: new Clock(now), ids: createIds(42) }), {
    ...(urlPathTemplate !== '' && { urlPathTemplate }),
    parameters: { MyCustomParameter: 'Parameter Value' },
  })
}

/** What real WireMock 3.13.2 wrote for the same templates and request. */
const MODEL: [template: string, text: string][] = [
  ['{{request.url}}', TARGET],
  ['{{request.path}} {{request.path.contactId}} {{request.path.[1]}} {{request.path.0}}', '/contacts/a%20b/orders a%20b a%20b contacts'],
  ['{{request.pathSegments.[1]}} {{request.pathSegments.2}} {{request.pathSegments.contactId}}', 'a%20b orders a%20b'],
  ['{{request.query.things}} {{request.query.things.0}} {{request.query.things.first}} {{request.query.things.1}}', '1 1 1 2'],
  ['{{request.query.things.[-1]}} {{request.query.things.last}} {{request.query.one}} ({{request.query.none}})', '2 3 x y z ()'],
  ["{{lookup request.query 'ids[].1'}}", '222'],
  ['{{request.headers.X-Request-Id}} {{request.headers.x-request-id.1}} ({{request.headers.Nope}}) {{request.cookies.s}}', 'one two () 12'],
  ['{{request.method}} {{request.host}} {{request.port}} {{request.scheme}} {{request.baseUrl}}', 'POST 127.0.0.1 18765 http http://127.0.0.1:18765'],
  ['{{request.body}}', BODY],
  ['<h1>{{parameters.MyCustomParameter}}</h1>', '<h1>Parameter Value</h1>'],
  ['{{nosuch}}|{{nosuch.thing}}|{{request.nosuch}}', '||'],
  ['{{{request.query.one}}} {{! a comment }}{{!-- another }} --}}end', 'x y z end'],
]

test.each(MODEL)('%s renders', (template, text) => {
  expect(rendered(template)).toBe(text)
})

const HELPERS: [template: string, text: string][] = [
  ["{{jsonPath request.body '$.outer.inner'}}", 'Stuff'],
  ["{{jsonPath request.body '$.outer.list'}}", '[1,2,{"a":"b"}]'],
  ["{{jsonPath request.body '$.outer.list[2]'}}", '{\n  "a" : "b"\n}'],
  ["{{jsonPath request.body '$..inner'}}", '[null,"Stuff",null]'],
  ["({{jsonPath request.body '$.nope'}}) {{jsonPath request.body '$.size' default='M'}} {{jsonPath request.body '$.t'}}", '() M true'],
  ['{{#parseJson \'parsed\'}}{"name":"transformed"}{{/parseJson}}{{parsed.name}}', 'transformed'],
  ["{{lookup (parseJson request.body) 'names'}}", '[x]'],
  ['{{toJson (array 1 2 3)}}', '[ 1, 2, 3 ]'],
  ['{{#if request.query.one}}yes{{else}}no{{/if}} {{#if request.query.none}}yes{{else}}no{{/if}}', 'yes no'],
  ["{{#if (eq request.query.things.0 '1')}}A{{else if true}}B{{else}}C{{/if}}", 'A'],
  ['{{#each request.query.things as |t|}}<{{t}}{{@index}}{{#unless @last}},{{/unless}}>{{/each}}', '<10,><21,><32>'],
  ["{{#each (jsonPath request.body '$.outer.list')}}[{{this}}]{{/each}}", '[1][2][{a=b}]'],
  ['{{#with (parseJson request.body)}}{{outer.inner}}{{/with}}', 'Stuff'],
  // As the documentation warns: a value that may come several times is no text.
  ["{{#eq request.query.one 'x y z'}}same{{else}}other{{/eq}}", 'other'],
  ["{{#assign 'v'}}{{capitalize 'abc def'}}{{/assign}}{{v}}", 'Abc Def'],
  ["{{val request.query.none or='default'}}", 'default'],
  ["{{upper 'abc'}} {{lower 'ABC'}} {{trim ' a '}}.{{join 'a' 'b' ','}} {{replace 'abc' 'b' 'x'}} {{size 'abc'}}", 'ABC abc a.a,b axc 3'],
  ["{{base64 'hey'}} {{base64 'aGV5' decode=true}} {{urlEncode 'a b'}} {{substring 'abcdef' 1 3}} {{abbreviate 'abcdefghijk' 6}}", 'aGV5 hey a+b bc abc...'],
  ["{{math 1 '+' 2}} {{math 7 '/' 2}} {{math 10 '%' 3}} {{isOdd 3}} {{stripes 3 'even' 'odd'}}", '3 4 1 odd odd'],
  ["{{regexExtract 'abc123' '[0-9]+'}} {{range 1 3}} {{contains 'abc' 'b'}}", '123 [1, 2, 3] true'],
]

test.each(HELPERS)('%s renders %s', (template, text) => {
  expect(rendered(template)).toBe(text)
})

const PATHS: [target: string, text: string][] = [
  ['/p/a%20b/c', '/p/a b/c|a b|c|3'],
  ['/p/a%2Fb/c', '/p/a/b/c|a|b|4'],
  ['/p/a+b/%C3%A9', '/p/a+b/é|a+b|é|3'],
  ['/p/', '/p/|||1'],
  ['/p//x', '/p//x|x||2'],
]

test.each(PATHS)('where no template names its segments, the path %s is unescaped: %s', (target, text) => {
  const template = '{{request.path}}|{{request.path.[1]}}|{{request.pathSegments.[2]}}|{{size request.pathSegments}}'
  expect(rendered(template, { target, urlPathTemplate: '' })).toBe(text)
})

const DATES: [template: string, text: string][] = [
  ['{{now}}', '2026-11-22T07:57:12Z'],
  ["{{now offset='3 days'}}", '2026-11-25T07:57:12Z'],
  ["{{now offset='-24 seconds' format='epoch'}}", '1795334208479'],
  ["{{now offset='2 years' format='unix'}}", '1858492632'],
  ["{{now offset='10 years' format='yyyy-MM-dd'}}", '2036-11-22'],
  ["{{now offset='3 months' format='yyyy-MM-dd'}}", '2027-02-22'],
  ["{{now timezone='Australia/Sydney' format='yyyy-MM-dd HH:mm:ssZ'}}", '2026-11-22 18:57:12+1100'],
  [
    '{{now format="EEE, d MMM yyyy hh:mm a z XXX X SSS u D w \'at\' yy MMMM EEEE H k K h G F W L M m s"}}',
    'Sun, 22 Nov 2026 07:57 AM UTC Z Z 479 7 326 48 at 26 November Sunday 7 7 7 7 AD 4 4 11 11 57 12',
  ],
  ["{{now format='yyyy-MM-dd\\'T\\'HH:mm:ss.SSSXXX'}}", '2026-11-22T07:57:12.479Z'],
  ['{{date (parseDate request.query.MyDate)}}', '2021-06-15T15:16:17Z'],
  ["{{date (parseDate '2021-06-24T13:40:27+01:00')}}", '2021-06-24T13:40:27+01:00'],
  ["{{date (parseDate '15/06/2021' format='dd/MM/yyyy')}}", '2021-06-15T00:00:00Z'],
  ["{{date (parseDate '1577964091' format='unix')}}", '2020-01-02T11:21:31Z'],
  ["{{date (truncateDate (parseDate request.query.MyDate) 'first day of month')}}", '2021-06-01T00:00:00Z'],
  ["{{date (parseDate '2021-06-24T13:40:27Z') format='yyyy/MM/dd'}}", '2021/06/24'],
]

test.each(DATES)('%s renders %s', (template, text) => {
  expect(rendered(template)).toBe(text)
})

test('the last day of a month stays one', () => {
  expect(rendered("{{now offset='1 months' format='yyyy-MM-dd'}}", { now: '2026-01-31T00:00:00Z' })).toBe('2026-02-28')
})

test.each([
  ["{{randomValue length=33 type='ALPHANUMERIC'}}", /^[a-z0-9]{33}$/],
  ["{{randomValue length=12 type='ALPHANUMERIC' uppercase=true}}", /^[A-Z0-9]{12}$/],
  ["{{randomValue length=10 type='NUMERIC'}}", /^\d{10}$/],
  ["{{randomValue type='UUID'}}", /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
  ["{{randomValue length=32 type='HEXADECIMAL' uppercase=true}}", /^[\dA-F]{32}$/],
  ["{{pickRandom '1' '2' '3'}}", /^[123]$/],
  ['{{randomInt lower=5 upper=9}}', /^[5-8]$/],
  ['{{randomDecimal lower=-10.1 upper=-0.9}}', /^-\d+\.\d+$/],
])('%s renders what the seed draws', (template, form) => {
  expect(rendered(template)).toMatch(form)
  expect(rendered(template)).toBe(rendered(template))
})

test('what a template gets wrong is written into the text, for no reply may fail', () => {
  expect(rendered("{{nosuch 'a'}}|{{now offset='2 weeks'}}|{{parseDate 'tomorrow'}}|{{jsonPath request.body '$['}}")).toBe(
    "[ERROR: could not find helper: 'nosuch']|[ERROR: there is no offset 2 weeks]|[ERROR: tomorrow is no date]|[ERROR: the JSONPath $[ lacks a closing bracket]",
  )
})
