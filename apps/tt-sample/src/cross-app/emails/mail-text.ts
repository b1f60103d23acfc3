import type {MailBlock, MailContent} from './mail-content'

/** The plain-text part of a mail: for readers without HTML, and for those who'd rather see where a link leads. */
export function mailText({heading, blocks, footer}: MailContent): string {
  return `${[heading, ...blocks.map(textOf), `-- \n${footer}`].join('\n\n')}\n`
}

function textOf(block: MailBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'list':
      return block.items.map(({title, detail}) => `* ${title}: ${detail}`).join('\n')
    case 'action':
      return `${block.label}:\n${block.href}`
  }
}
