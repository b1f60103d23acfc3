import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { desiredState, type PurchaseFacts } from './desired-state'
import { nextAcknowledgement } from './next-acknowledgement'
import { accessOf, type GrantRevision, type IncomingRevision, type LiveLink, nextGrant } from './next-grant'
import { nextSync, type SyncRevision } from './next-sync'

/**
 * The invariant of the whole design over its decision tables alone: whatever the network does, once faults stop,
 * access on AI Hero is open if and only if the purchase is paid, not refunded, not suspended, and its owner is proven
 * and linked. The same commands run against the real verbs and real databases in e2e/model.
 */
type Tables = { nextGrant: typeof nextGrant; nextAcknowledgement: typeof nextAcknowledgement }

const OWNERS = ['tt-ada', 'tt-ben'] as const

class World {
  facts: PurchaseFacts = {
    owner: { userId: OWNERS[0], email: 'tt-ada@example.com', proven: false },
    restriction: null,
    amountPaid: 100,
    refunds: [],
    disputes: [],
    held: false,
    parent: null,
  }
  sync: SyncRevision & { acked: number; stateVersion: number }
  grant: GrantRevision | null = null
  links: Record<string, LiveLink> = {}
  toAh: IncomingRevision[] = []
  toTt: GrantRevision[] = []
  private readonly tables: Tables

  constructor(tables: Tables) {
    this.tables = tables
    const first = nextSync(null, this.facts)
    if (first.kind === 'unchanged') throw new Error('a first revision always exists')
    this.sync = { revision: first.revision, desired: first.desired, acked: 0, stateVersion: 0 }
  }

  revise(change: Partial<PurchaseFacts>) {
    this.facts = { ...this.facts, ...change }
    this.apply(nextSync(this.sync, this.facts))
  }

  private apply(next: ReturnType<typeof nextSync>) {
    if (next.kind === 'revised') this.sync = { ...this.sync, revision: next.revision, desired: next.desired }
  }

  link(owner: string) {
    if (this.links[owner]) return
    this.links[owner] = { userId: `ah-of-${owner}`, linkRevision: 1 }
    if (this.grant === null || this.grant.claim !== null) return
    if (this.grant.desired.ownerUserId !== owner || !this.grant.desired.ownerProven) return
    const claim = this.links[owner]
    this.grant = { ...this.grant, claim, stateVersion: this.grant.stateVersion + 1 }
  }

  send() {
    this.toAh.push({
      revision: this.sync.revision,
      desired: this.sync.desired,
      stateVersionSeen: this.sync.stateVersion,
      unlinkingLinkRevision: null,
    })
  }

  deliverToAh(incoming: IncomingRevision) {
    const link = this.links[incoming.desired.ownerUserId] ?? null
    const next = this.tables.nextGrant({ grant: this.grant, incoming, link, productKnown: true })
    if (next.grant) {
      this.grant = next.grant
      this.toTt.push(next.grant)
    }
  }

  deliverToTt(answer: GrantRevision) {
    const next = this.tables.nextAcknowledgement(this.sync, {
      revision: answer.revision,
      applied: answer.desired,
      stateVersion: answer.stateVersion,
    })
    if (next.mirror) this.sync = { ...this.sync, stateVersion: answer.stateVersion }
    if (next.settled) this.sync = { ...this.sync, acked: answer.revision }
    if (next.anomaly) this.apply(nextSync(this.sync, this.facts, { above: next.anomaly.raiseAbove }))
  }

  /** No more faults: resend until acknowledged, then one pull. */
  settle() {
    for (const incoming of this.toAh.splice(0)) this.deliverToAh(incoming)
    for (const answer of this.toTt.splice(0)) this.deliverToTt(answer)
    for (let round = 0; this.sync.acked < this.sync.revision; round += 1) {
      if (round > 20) throw new Error('the sync never settles')
      this.send()
      for (const incoming of this.toAh.splice(0)) this.deliverToAh(incoming)
      for (const answer of this.toTt.splice(0)) this.deliverToTt(answer)
    }
    if (this.grant) this.deliverToTt(this.grant)
  }

  expectedAccess(): string | null {
    const { desired } = desiredState(this.facts)
    if (desired.state !== 'granted' || !desired.ownerProven) return null
    return this.links[desired.ownerUserId]?.userId ?? null
  }
}

type Step = (world: World) => void

const pick = <Item>(items: Item[], at: number) => items[at % Math.max(items.length, 1)]
const index = fc.nat(7)
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>((world) => world.send()) },
    {
      weight: 4,
      arbitrary: index.map<Step>((at) => (world) => {
        const [taken] = world.toAh.splice(at % Math.max(world.toAh.length, 1), 1)
        if (taken) world.deliverToAh(taken)
      }),
    },
    {
      weight: 3,
      arbitrary: index.map<Step>((at) => (world) => {
        const [taken] = world.toTt.splice(at % Math.max(world.toTt.length, 1), 1)
        if (taken) world.deliverToTt(taken)
      }),
    },
    {
      // A copy stays in flight: it is a late duplicate.
      weight: 2,
      arbitrary: index.map<Step>((at) => (world) => {
        const copied = pick(world.toAh, at)
        if (copied) world.deliverToAh(copied)
      }),
    },
    fc.constant<Step>((world) => {
      world.toAh.shift()
    }),
    fc.constant<Step>((world) => {
      world.toTt.shift()
    }),
    fc
      .tuple(index, fc.constantFrom('pending', 'succeeded', 'failed'), fc.constantFrom(40, 60, 100))
      .map<Step>(([at, status, amount]) => (world) => {
        const id = `re_${at}`
        const others = world.facts.refunds.filter((refund) => refund.id !== id)
        world.revise({ refunds: [...others, { id, amount, status }] })
      }),
    fc
      .constantFrom('needs_response', 'won', 'lost', 'warning_needs_response')
      .map<Step>((status) => (world) => world.revise({ disputes: [{ id: 'dp_1', status }] })),
    fc.boolean().map<Step>((held) => (world) => world.revise({ held })),
    fc.constant<Step>((world) => world.revise({ owner: { ...world.facts.owner, proven: true } })),
    fc.constantFrom(...OWNERS).map<Step>((userId) => (world) => {
      world.revise({ owner: { userId, email: `${userId}@example.com`, proven: true } })
    }),
    fc.constantFrom(...OWNERS).map<Step>((owner) => (world) => world.link(owner)),
  ),
  { maxLength: 60 },
)

const invariant = (tables: Tables) =>
  fc.property(steps, (script) => {
    const world = new World(tables)
    for (const step of script) step(world)
    world.settle()
    expect(accessOf(world.grant)).toBe(world.expectedAccess())
    expect(world.grant?.desired).toEqual(world.sync.desired)
    expect(world.sync.stateVersion).toBe(world.grant?.stateVersion)
  })

describe('once faults stop, access follows the purchase', () => {
  it('for any interleaving of sends, losses, duplicates and facts', () => {
    fc.assert(invariant({ nextGrant, nextAcknowledgement }), { numRuns: 2_000 })
  })

  it('control: without the revision check on AI Hero the invariant breaks', () => {
    const withoutRevisionCheck: typeof nextGrant = (input) =>
      nextGrant({ ...input, grant: input.grant && { ...input.grant, revision: 0 } })
    const broken = fc.check(invariant({ nextGrant: withoutRevisionCheck, nextAcknowledgement }), {
      numRuns: 2_000,
    })
    expect(broken.failed).toBe(true)
  })

  it('control: settling on any answer, whatever its revision, breaks it too', () => {
    const settleOnAnything: typeof nextAcknowledgement = (sync, answer) => ({
      ...nextAcknowledgement(sync, answer),
      settled: true,
    })
    const broken = fc.check(
      fc.property(steps, (script) => {
        const world = new World({ nextGrant, nextAcknowledgement: settleOnAnything })
        for (const step of script) step(world)
        // Acknowledged by a wrong answer, so nothing is sent any more.
        for (const answer of world.toTt.splice(0)) world.deliverToTt(answer)
        world.toAh.length = 0
        if (world.sync.acked > 0) world.sync = { ...world.sync, acked: world.sync.revision }
        world.settle()
        expect(accessOf(world.grant)).toBe(world.expectedAccess())
      }),
      { numRuns: 2_000 },
    )
    expect(broken.failed).toBe(true)
  })
})
