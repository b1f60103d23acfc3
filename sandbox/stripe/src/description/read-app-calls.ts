import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** Stands where a value is not written in the call itself; its type follows from Stripe's description. */
export const UNKNOWN_VALUE = 'value-known-at-run-time'

export type SampleValue = string | number | boolean | SampleValue[] | { [key: string]: SampleValue }

/** One call of Stripe's SDK in the source of an app. */
export interface AppCall {
  /** File and line: `apps/tt-sample/src/commerce/start-checkout.ts:43`. */
  where: string
  /** The way to the method: `checkout`, `sessions`, `create`. */
  method: string[]
  /** What is handed to it, with samples for what only running it would tell. */
  arguments: SampleValue[]
}

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

/** These check signatures and make no request. */
const WITHOUT_REQUEST = new Set(['webhooks'])

/** Where the apps' calls are written: their pages, verbs and scripts, and what their seeds share. */
const FOLDERS = [
  'apps/tt-sample/src',
  'apps/tt-sample/scripts',
  'apps/ah-sample/src',
  'apps/ah-sample/scripts',
  'sandbox/stack/src/stripe-test-mode',
]

/** Every call of Stripe's SDK in the two apps, not in their tests. */
export function readAppCalls(): AppCall[] {
  return FOLDERS.flatMap((folder) => sourceFiles(join(ROOT, folder))).flatMap((file) =>
    readCalls(relative(ROOT, file), readFileSync(file, 'utf8')),
  )
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/generated/'))
}

/** Every call of Stripe's SDK in one source text, found by a chain that goes through `stripe`: `context.stripe.refunds.list(…)`. */
export function readCalls(file: string, text: string): AppCall[] {
  if (!text.includes('stripe')) return []
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const constants = readConstants(source)
  const calls: AppCall[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node)) {
      const [first, ...others] = membersBehindStripe(node.expression)
      if (first !== undefined && others.length > 0 && !WITHOUT_REQUEST.has(first)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart())
        calls.push({
          where: `${file}:${line + 1}`,
          method: [first, ...others],
          arguments: node.arguments.map((argument) => sampleOf(argument, constants)),
        })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return calls
}

/** `['refunds', 'list']` of `hostContext.stripe.refunds.list` or `stripe().refunds.list`; nothing of other expressions. */
function membersBehindStripe(expression: ts.Expression): string[] {
  if (!ts.isPropertyAccessExpression(expression)) return []
  const name = expression.name.text
  return isStripe(expression.expression) ? [name] : addTo(membersBehindStripe(expression.expression), name)
}

function addTo(members: string[], name: string): string[] {
  return members.length === 0 ? [] : [...members, name]
}

function isStripe(expression: ts.Expression): boolean {
  if (ts.isCallExpression(expression)) return isStripe(expression.expression)
  if (ts.isIdentifier(expression)) return expression.text === 'stripe'
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'stripe'
}

type Constants = Map<string, ts.Expression>

/** What each `const` of the file was given. */
function readConstants(source: ts.SourceFile): Constants {
  const constants: Constants = new Map()
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      constants.set(node.name.text, node.initializer)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return constants
}

/** A value as good as the real one for a check of names and types; of alternatives, the one that says more. */
function sampleOf(expression: ts.Expression, constants: Constants): SampleValue {
  if (ts.isStringLiteralLike(expression)) return expression.text
  if (ts.isNumericLiteral(expression)) return Number(expression.text)
  if (expression.kind === ts.SyntaxKind.TrueKeyword) return true
  if (expression.kind === ts.SyntaxKind.FalseKeyword) return false
  if (ts.isTemplateExpression(expression)) {
    return expression.head.text + expression.templateSpans.map(({ literal }) => `x${literal.text}`).join('')
  }
  if (ts.isArrayLiteralExpression(expression)) {
    return expression.elements.map((element) => sampleOf(element, constants))
  }
  if (ts.isObjectLiteralExpression(expression)) return sampleObject(expression, constants)
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression)) {
    return sampleOf(expression.expression, constants)
  }
  if (ts.isConditionalExpression(expression)) {
    const samples = [expression.whenTrue, expression.whenFalse].map((branch) => sampleOf(branch, constants))
    return samples.toSorted((left, right) => sizeOf(right) - sizeOf(left))[0] ?? UNKNOWN_VALUE
  }
  if (ts.isIdentifier(expression)) {
    const initializer = constants.get(expression.text)
    // A constant that is the result of something is known only when that has run.
    if (initializer && ts.isObjectLiteralExpression(initializer)) return sampleObject(initializer, constants)
  }
  return UNKNOWN_VALUE
}

function sizeOf(sample: SampleValue): number {
  return typeof sample === 'object' ? Object.keys(sample).length : 0
}

function sampleObject(expression: ts.ObjectLiteralExpression, constants: Constants): SampleValue {
  const entries = expression.properties.flatMap((property): [string, SampleValue][] => {
    if (ts.isPropertyAssignment(property)) {
      const name =
        ts.isIdentifier(property.name) || ts.isStringLiteral(property.name) ? property.name.text : ''
      return [[name, sampleOf(property.initializer, constants)]]
    }
    if (ts.isShorthandPropertyAssignment(property)) {
      return [[property.name.text, sampleOf(property.name, constants)]]
    }
    if (ts.isSpreadAssignment(property)) {
      const spread = sampleOf(property.expression, constants)
      return typeof spread === 'object' ? Object.entries(spread) : []
    }
    return []
  })
  return Object.fromEntries(entries)
}
