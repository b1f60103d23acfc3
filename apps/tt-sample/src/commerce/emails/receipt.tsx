import {Body, Button, Container, Head, Heading, Hr, Html, Preview, render, Text} from 'react-email'

export interface ReceiptProps {
  productTitle: string
  /** Integer minor units. */
  amount: number
  currency: string
  purchaseId: string
  /** What the product contains, and where each part opens. */
  courses: {title: string; where: string}[]
  accountUrl: string
}

const text = {fontSize: '15px', lineHeight: '24px', color: '#1e293b'}
const small = {fontSize: '13px', lineHeight: '20px', color: '#64748b'}

function Receipt({productTitle, amount, currency, purchaseId, courses, accountUrl}: ReceiptProps) {
  return (
    <Html lang="en">
      <Head />
      <Preview>{`Your receipt for ${productTitle}`}</Preview>
      <Body style={{backgroundColor: '#ffffff', fontFamily: 'Georgia, serif'}}>
        <Container style={{maxWidth: '560px', padding: '32px 16px'}}>
          <Heading style={{fontSize: '22px', color: '#1e3a8a'}}>Thank you</Heading>
          <Text style={text}>
            You bought {productTitle} for {formatAmount(amount, currency)}.
          </Text>
          {courses.map((course) => (
            <Text key={course.title} style={text}>
              {course.title}, on {course.where}
            </Text>
          ))}
          <Button
            href={accountUrl}
            style={{backgroundColor: '#1e3a8a', borderRadius: '6px', color: '#ffffff', padding: '12px 20px'}}
          >
            See your courses
          </Button>
          <Hr />
          <Text style={small}>If you write to us about this purchase, quote {purchaseId}.</Text>
        </Container>
      </Body>
    </Html>
  )
}

function formatAmount(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', {style: 'currency', currency: currency.toUpperCase()})
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

/** The receipt of one purchase, with a plain-text part of its own. */
export async function renderReceipt(
  props: ReceiptProps,
): Promise<{subject: string; html: string; text: string}> {
  const receipt = <Receipt {...props} />
  return {
    subject: `Your receipt for ${props.productTitle}`,
    html: await render(receipt),
    text: await render(receipt, {plainText: true}),
  }
}
