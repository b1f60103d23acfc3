import type { EmailContent, EmailTemplate } from '../mail/email-content'

/** What the mail of this name is told. */
export type DataOf<Template extends EmailTemplate> = Extract<EmailContent, { template: Template }>['data']
