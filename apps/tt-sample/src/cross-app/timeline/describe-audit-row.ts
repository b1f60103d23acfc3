import type {AuditRow} from '../audit/list-audit-events'
import type {TimelineApp, TimelineEntry} from '../ui/timeline-view'

/** One audit row of either app as the admin timeline shows it. Unknown shapes lose detail, never the row. */
export function describeAuditRow(app: TimelineApp, row: AuditRow): TimelineEntry {
  const data = flatten(row.data)
  const text = (key: string) => {
    const value = data[key]
    return typeof value === 'string' ? value : null
  }
  const revision = data.revision
  return {
    id: row.id,
    app,
    at: row.at,
    actor: row.actor,
    action: row.action,
    // A bundle has several courses, and the rows of one look like the rows of another.
    summary: joined(text('targetProductId') ?? text('productId'), text('summary') ?? text('reason')),
    revision: typeof revision === 'number' ? revision : null,
    state: text('state') ?? text('status'),
    error: text('error'),
    data,
  }
}

function joined(...parts: (string | null)[]): string | null {
  const present = parts.filter((part) => part !== null)
  return present.length === 0 ? null : present.join(' · ')
}

function flatten(value: unknown): TimelineEntry['data'] {
  const flat: TimelineEntry['data'] = {}
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return flat
  const source = value as Record<string, unknown>
  Object.keys(source).forEach((key) => {
    const item = source[key]
    const plain =
      item === null || typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean'
    flat[key] = plain ? item : JSON.stringify(item)
  })
  return flat
}
