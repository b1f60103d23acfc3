import {describe, expect, it} from 'vitest'
import {receiptMail} from './receipt'

const receipt = {
  productTitle: 'TypeScript + AI',
  paid: {amount: 49_900, currency: 'usd'},
  purchaseId: 'purchase-1',
  courses: [{title: 'Evals', where: 'AI Hero'}],
  accountUrl: 'https://tt.test/account',
  confirmUrl: null,
}

function actionsOf(mail: ReturnType<typeof receiptMail>) {
  return mail.blocks.flatMap((block) => (block.kind === 'action' ? [`${block.label} → ${block.href}`] : []))
}

describe('receiptMail', () => {
  it('says what was bought, for how much, where it opens, and what to quote', () => {
    const mail = receiptMail(receipt)
    expect(mail.subject).toBe('Your receipt for TypeScript + AI')
    expect(JSON.stringify(mail.blocks)).toContain('You bought TypeScript + AI for $499.')
    expect(JSON.stringify(mail.blocks)).toContain('on AI Hero')
    expect(mail.footer).toContain('purchase-1')
    expect(actionsOf(mail)).toEqual(['See your courses → https://tt.test/account'])
  })

  it('asks a guest to confirm the address, and for nothing else', () => {
    const mail = receiptMail({...receipt, confirmUrl: 'https://tt.test/confirm-email?token=t'})
    expect(mail.subject).toBe('Your receipt for TypeScript + AI, and one step to open it')
    expect(JSON.stringify(mail.blocks)).toContain('Nothing opens until you have confirmed it.')
    expect(actionsOf(mail)).toEqual(['Confirm your address → https://tt.test/confirm-email?token=t'])
  })
})
