import {type ReceiptMail, receiptMail} from '../../src/commerce/emails/receipt'
import {type AccountLinkedMail, accountLinkedMail} from '../../src/cross-app/emails/account-linked'
import {type AccountUnlinkedMail, accountUnlinkedMail} from '../../src/cross-app/emails/account-unlinked'
import type {MailContent} from '../../src/cross-app/emails/mail-content'
import {signInMail} from '../../src/server/auth/emails/sign-in'

export interface SampleMail {
  /** The template's, as its file is named. */
  name: string
  /** What is told apart, in a few words. */
  variant: string
  mail: MailContent
}

const SITE = 'https://total-typescript.example'
const SAMPLE_TOKEN = 'sample-token-that-opens-nothing'

const receipt: ReceiptMail = {
  productTitle: 'TypeScript + AI',
  paid: {amount: 49_900, currency: 'usd'},
  purchaseId: '5ad0c838-6256-8de9-8789-20dbb6f984fd',
  courses: [
    {title: 'TypeScript Pro Essentials', where: 'Total TypeScript'},
    {title: 'AI SDK Crash Course', where: 'AI Hero'},
    {title: 'Evals for TypeScript Developers', where: 'AI Hero'},
  ],
  accountUrl: `${SITE}/account`,
  confirmUrl: null,
}

const linked: AccountLinkedMail = {
  email: 'ada@example.com',
  aiHeroEmail: 'ada.park@example.com',
  method: 'explicit',
  linkedAt: new Date('2026-11-21T09:30:00.000Z'),
  stillLinked: true,
  undoUrl: `${SITE}/account-link/not-me?token=${SAMPLE_TOKEN}`,
  accountUrl: `${SITE}/account#ai-hero`,
}

const unlinked: AccountUnlinkedMail = {
  email: 'ada@example.com',
  aiHeroEmail: 'ada.park@example.com',
  unlinkedAt: new Date('2026-11-22T09:30:00.000Z'),
  released: false,
  linkedAgain: false,
  accountUrl: `${SITE}/account#ai-hero`,
}

/** Every mail of this app, in the order in which a buyer may get them. A test compares the names with the templates. */
export const sampleMails: SampleMail[] = [
  {
    name: 'sign-in',
    variant: 'asked for on the sign-in page',
    mail: signInMail({
      url: `${SITE}/api/auth/callback/email?callbackUrl=%2Faccount&token=${SAMPLE_TOKEN}&email=ada%40example.com`,
    }),
  },
  {name: 'receipt', variant: 'bought signed in', mail: receiptMail(receipt)},
  {
    name: 'receipt',
    variant: 'bought as a guest',
    mail: receiptMail({...receipt, confirmUrl: `${SITE}/confirm-email?token=${SAMPLE_TOKEN}`}),
  },
  {
    name: 'receipt',
    variant: 'one course, free of charge',
    mail: receiptMail({
      ...receipt,
      productTitle: 'TypeScript Pro Essentials',
      paid: {amount: 0, currency: 'usd'},
      courses: [],
    }),
  },
  {name: 'account-linked', variant: 'by hand', mail: accountLinkedMail(linked)},
  {
    name: 'account-linked',
    variant: 'by the same GitHub account',
    mail: accountLinkedMail({...linked, method: 'oauth-github', aiHeroEmail: null}),
  },
  {
    name: 'account-linked',
    variant: 'ended before it was sent',
    mail: accountLinkedMail({...linked, stillLinked: false}),
  },
  {name: 'account-unlinked', variant: 'what was opened stays open', mail: accountUnlinkedMail(unlinked)},
  {
    name: 'account-unlinked',
    variant: 'what was opened is closed',
    mail: accountUnlinkedMail({...unlinked, released: true}),
  },
  {
    name: 'account-unlinked',
    variant: 'linked again since',
    mail: accountUnlinkedMail({...unlinked, aiHeroEmail: null, unlinkedAt: null, linkedAgain: true}),
  },
]
