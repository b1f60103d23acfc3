/** `npm run bench -- NAME --json`: one benchmark, on production builds and a stack of its own. Without a name: the list. */
import { availableParallelism, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { inngestServer } from './inngest-server.ts'
import { linkToLesson } from './link-to-lesson.ts'
import { webhookToAccess } from './webhook-to-access.ts'

type Options = { purchases: number; onProgress: (line: string) => void }
type Bench = {
  about: string
  /** How many purchases it takes unless told; left out when it takes none. */
  purchases?: number
  run: (options: Options) => Promise<Record<string, number>>
}

const BENCHES: Record<string, Bench> = {
  'webhook-to-access': {
    about: "from Stripe's webhook received on Total TypeScript to the course open on AI Hero",
    purchases: 50,
    run: webhookToAccess,
  },
  'link-to-lesson': {
    about: 'in a real browser, from "Link accounts" pressed to a lesson bought before open on AI Hero',
    purchases: 20,
    run: linkToLesson,
  },
  'inngest-server': {
    about: 'the local Inngest server by itself, and with INNGEST_BIN a real one beside it',
    run: inngestServer,
  },
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, purchases: { type: 'string' } },
  allowPositionals: true,
})
const out = values.json ? process.stderr : process.stdout
const [name] = positionals
const bench = name === undefined ? undefined : BENCHES[name]

if (name === undefined || bench === undefined) {
  if (name !== undefined) process.stderr.write(`There is no benchmark "${name}".\n`)
  process.stdout.write('Benchmarks (npm run bench -- NAME [--json] [--purchases N]):\n')
  for (const [each, { about }] of Object.entries(BENCHES))
    process.stdout.write(`  ${each.padEnd(20)} ${about}\n`)
  process.exit(name === undefined ? 0 : 1)
}

const purchases = values.purchases === undefined ? (bench.purchases ?? 1) : Number(values.purchases)
if (!Number.isInteger(purchases) || purchases < 1) {
  process.stderr.write('--purchases takes a whole number from 1.\n')
  process.exit(1)
}
const figures = await bench.run({ purchases, onProgress: (line) => out.write(`  ${line}\n`) })
const machine = { cores: availableParallelism(), memoryGiB: Math.round(totalmem() / 2 ** 30) }
if (values.json) process.stdout.write(`${JSON.stringify({ name, figures, machine })}\n`)
else {
  for (const [figure, value] of Object.entries(figures)) out.write(`  ${figure.padEnd(24)} ${value}\n`)
  out.write(`  on ${machine.cores} cores, ${machine.memoryGiB} GiB\n`)
}
