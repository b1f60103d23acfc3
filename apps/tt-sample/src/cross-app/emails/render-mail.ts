import type {MailContent, RenderedMail} from './mail-content'
import {mailText} from './mail-text'

export type {MailContent} from './mail-content'

/**
 * A mail's HTML and plain text. The renderer is loaded when the first mail is sent: neither the webhook nor the command
 * line needs one.
 */
export async function renderMail(mail: MailContent): Promise<RenderedMail> {
  const [{createElement}, {render}, {MailLayout}] = await Promise.all([
    import('react'),
    import('react-email'),
    import('./mail-layout'),
  ])
  return {
    subject: mail.subject,
    html: await render(createElement(MailLayout, {mail})),
    text: mailText(mail),
  }
}
