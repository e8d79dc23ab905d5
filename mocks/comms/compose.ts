import { escapeHtml, needs, render, unmet, type Variables } from './template-language.ts'
import type { Template } from './templates.ts'

export type Variant = 'email' | 'sms'

/** What a message says, before anybody is written on it. */
export interface Wording {
  subject: string | null
  text: string
  html: string | null
  template: string | null
}

/** Why a message cannot be worded, as the vendor would tell. */
export type Refusal = { status: 400; body: { detail: string } } | { status: 404; body: { detail: string } }

interface Order {
  template: string
  variables: Variables | null
  /** Takes the place of the template's own. */
  subject?: string | null
}

/** Words a message from a template, or says what stands in the way. */
export function compose(
  templates: { get(id: string): Template | undefined },
  variant: Variant,
  { template: id, variables, subject }: Order,
): Wording | Refusal {
  const template = templates.get(id)
  if (template === undefined) return unknownTemplate(id)
  if (!variantsOf(template).includes(variant)) return refuse(`Template '${id}' has no ${variant} variant`)
  const given = variables ?? {}
  const missing = unmet(needsOf(variant === 'email' && subject ? { ...template, subject: '' } : template, variant), given)
  if (missing.length > 0) return refuse(`Template '${id}' is missing variables: ${missing.join(', ')}`)
  if (variant === 'sms') return { subject: null, text: render(template.sms, given), html: null, template: id }
  return {
    subject: subject || render(template.subject, given),
    text: render(template.text, given),
    html: render(template.html, given, escapeHtml),
    template: id,
  }
}

/** The variables without which a template makes no message of this kind. */
export function needsOf({ subject, text, html, sms }: Template, variant: Variant): string[] {
  return variant === 'email' ? needs(subject, text, html) : needs(sms)
}

/** A test's own template may leave one out. */
export const variantsOf = ({ text, sms }: Template): Variant[] => [...(text === '' ? [] : ['email' as const]), ...(sms === '' ? [] : ['sms' as const])]

export const refuse = (detail: string): Refusal => ({ status: 400, body: { detail } })

export const unknownTemplate = (id: string): Refusal => ({ status: 404, body: { detail: `Template '${id}' not found` } })

export const isRefusal = (made: object): made is Refusal => 'status' in made
