/** @jsxRuntime automatic */
/** @jsxImportSource react */
// Said here and not left to the tsconfig, which leaves JSX to Next: scripts render mails too.
import {Body, Button, Container, Head, Heading, Hr, Html, Preview, Section, Text} from 'react-email'
import type {MailBlock, MailContent} from './mail-content'

/**
 * The dark colours, for mail programs that ask for them. Inline styles are what the others see, hence `!important`.
 * Every colour is named in both, so that no program that recolours on its own is left to guess half of a pair. The page
 * has its colour here alone: inline, the renderer would repeat it on a table that no rule can reach.
 */
const styles = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.page { background-color: #fdfcf9; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #0c1322 !important; }
  .sheet { background-color: #121b2f !important; border-color: #25314c !important; }
  .ink { color: #e9edf6 !important; }
  .soft { color: #a9b4ca !important; }
  .accent { color: #a9c0ff !important; }
  .rule { border-color: #25314c !important; }
  .primary { background-color: #a9c0ff !important; color: #0c1322 !important; }
  .quiet { background-color: #121b2f !important; color: #e9edf6 !important; border-color: #6d7b98 !important; }
}`

const sans = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
const serif = "Charter, 'Palatino Linotype', Georgia, serif"
const text = {margin: '0 0 16px', fontFamily: sans, fontSize: '16px', lineHeight: '25px', color: '#131a2b'}
const soft = {...text, margin: '0', fontSize: '14px', lineHeight: '21px', color: '#4a5468'}

/** The frame of every mail. */
export function MailLayout({mail}: {mail: MailContent}) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{mail.subject}</title>
        <style>{styles}</style>
      </Head>
      <Body className="page" style={{margin: '0', padding: '24px 12px'}}>
        <Preview>{mail.preview}</Preview>
        <Container
          className="sheet"
          style={{
            maxWidth: '560px',
            padding: '28px 24px',
            backgroundColor: '#ffffff',
            border: '1px solid #e4e0d6',
            borderRadius: '8px',
          }}
        >
          <Text
            className="accent"
            style={{...soft, margin: '0 0 20px', color: '#163a9c', fontFamily: 'Menlo, Consolas, monospace'}}
          >
            Total TypeScript
          </Text>
          <Heading
            as="h1"
            className="ink"
            style={{
              margin: '0 0 16px',
              fontFamily: serif,
              fontSize: '26px',
              lineHeight: '32px',
              color: '#131a2b',
            }}
          >
            {mail.heading}
          </Heading>
          {mail.blocks.map((block) => (
            <Block key={keyOf(block)} block={block} />
          ))}
          <Hr className="rule" style={{margin: '24px 0 16px', borderColor: '#e4e0d6'}} />
          <Text className="soft" style={{...soft, wordBreak: 'break-word'}}>
            {mail.footer}
          </Text>
        </Container>
      </Body>
    </Html>
  )
}

function keyOf(block: MailBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'list':
      return block.items.map(({title}) => title).join()
    case 'action':
      return block.href
  }
}

function Block({block}: {block: MailBlock}) {
  switch (block.kind) {
    case 'text':
      return (
        <Text className="ink" style={{...text, wordBreak: 'break-word'}}>
          {block.text}
        </Text>
      )
    case 'list':
      return (
        <Section style={{margin: '0 0 16px'}}>
          {block.items.map(({title, detail}) => (
            <Text key={title} className="ink" style={{...text, margin: '0 0 8px'}}>
              <strong>{title}</strong>
              <br />
              <span className="soft" style={{color: soft.color, fontSize: soft.fontSize}}>
                {detail}
              </span>
            </Text>
          ))}
        </Section>
      )
    case 'action':
      return <Action block={block} />
  }
}

function Action({block}: {block: Extract<MailBlock, {kind: 'action'}>}) {
  const colours =
    block.look === 'primary'
      ? {backgroundColor: '#163a9c', color: '#ffffff'}
      : {backgroundColor: '#ffffff', color: '#131a2b', border: '1px solid #858b99'}
  return (
    <Section style={{margin: '0 0 20px'}}>
      <Button
        href={block.href}
        className={block.look}
        style={{
          padding: '12px 20px',
          borderRadius: '6px',
          fontFamily: sans,
          fontSize: '16px',
          fontWeight: 600,
          textDecoration: 'none',
          ...colours,
        }}
      >
        {block.label}
      </Button>
    </Section>
  )
}
