import type { Names } from '../names.ts'

/**
 * The new service is gone for a while: the first story that its clients should know.
 *
 * @param schema Where editors find the language of scenarios, from the file.
 */
export const scenarioDraft = ({ service, title }: Names, schema: string): string => `# yaml-language-server: $schema=${schema}
name: ${service}-down
story: >
  ${title} is gone for thirty seconds: nobody listens on its port, and connections that were open are cut. Then it is back by itself.
  A good client asks a few times, leaves it alone for a while, and goes on with all that needs no answer.
rules:
  - when: { service: ${service} }
    during: { for: 30s }
    inject: [{ fault: down }]
`
