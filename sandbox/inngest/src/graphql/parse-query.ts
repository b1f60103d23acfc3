import type { Json, JsonObject } from '../protocol/canonical-json.ts'

/** A field of a selection: what is asked for, under which name it is answered, and what of it is wanted. */
export type Field = { name: string; alias: string; arguments: JsonObject; fields: Field[] | undefined }

/** The text is no query this server understands. */
export class QueryError extends Error {
  override name = 'QueryError'
}

/** How deep selections and values may nest. */
const maximumDepth = 30
/** How many fields a query may come to, with all its fragments written out. */
const maximumFields = 2000
const tokenPattern =
  /\.\.\.|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|[_A-Za-z]\w*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}()[\]:!$=@|&]/y
const ignoredPattern = /(?:[\s,\ufeff]|#[^\n]*)*/y

/**
 * Reads a GraphQL query as the read API needs it: one query operation with arguments, variables, aliases and fragments.
 * Directives, mutations and subscriptions are refused.
 *
 * @throws QueryError saying what is not understood
 */
export function parseQuery(text: string, variables: JsonObject): Field[] {
  return new Parser(readTokens(text), variables).document()
}

function readTokens(text: string): string[] {
  const tokens: string[] = []
  let position = 0
  for (;;) {
    ignoredPattern.lastIndex = position
    ignoredPattern.test(text)
    position = ignoredPattern.lastIndex
    if (position >= text.length) return tokens
    tokenPattern.lastIndex = position
    const token = tokenPattern.exec(text)?.[0]
    if (token === undefined) throw new QueryError(`Unexpected character at position ${position}`)
    tokens.push(token)
    position += token.length
  }
}

class Parser {
  readonly #tokens: string[]
  readonly #variables: JsonObject
  readonly #defaults: JsonObject = {}
  readonly #fragments = new Map<string, number>()
  #position = 0
  #depth = 0
  #fields = 0

  constructor(tokens: string[], variables: JsonObject) {
    this.#tokens = tokens
    this.#variables = variables
  }

  document(): Field[] {
    this.#findFragments()
    let fields: Field[] | undefined
    while (this.#peek() !== undefined) {
      if (this.#take('fragment')) {
        this.#next()
        this.#expect('on')
        this.#next()
        this.#skipSelection()
        continue
      }
      if (fields) throw new QueryError('Only one operation at a time is understood')
      if (this.#take('query')) this.#heading()
      else if (this.#peek() !== '{') throw new QueryError(`Expected a query, found "${this.#peek()}"`)
      fields = this.#selection()
    }
    if (!fields) throw new QueryError('no operation provided')
    return fields
  }

  /** Where each fragment's selection begins: it may be used before it is written. */
  #findFragments(): void {
    this.#tokens.forEach((token, index) => {
      const name = this.#tokens[index + 1]
      if (token === 'fragment' && name !== undefined && this.#tokens[index + 2] === 'on') {
        this.#fragments.set(name, index + 4)
      }
    })
  }

  #heading(): void {
    if (/^[_A-Za-z]/.test(this.#peek() ?? '')) this.#next()
    if (!this.#take('(')) return
    while (!this.#take(')')) {
      this.#expect('$')
      const name = this.#next()
      this.#expect(':')
      this.#type()
      if (this.#take('=')) this.#defaults[name] = this.#value()
    }
  }

  #type(): void {
    if (this.#take('[')) {
      this.#type()
      this.#expect(']')
    } else this.#next()
    this.#take('!')
  }

  #selection(): Field[] {
    if (++this.#depth > maximumDepth) throw new QueryError('The query nests too deeply')
    this.#expect('{')
    const fields: Field[] = []
    while (!this.#take('}')) {
      if (this.#take('...')) fields.push(...this.#spread())
      else fields.push(this.#field())
    }
    this.#depth--
    return fields
  }

  #spread(): Field[] {
    this.#count()
    if (this.#take('on')) {
      this.#next()
      return this.#selection()
    }
    if (this.#peek() === '{') return this.#selection()
    const name = this.#next()
    const start = this.#fragments.get(name)
    if (start === undefined) throw new QueryError(`Unknown fragment "${name}"`)
    const back = this.#position
    this.#position = start
    const fields = this.#selection()
    this.#position = back
    return fields
  }

  #count(): void {
    if (++this.#fields > maximumFields) throw new QueryError('The query is too large')
  }

  #field(): Field {
    this.#count()
    const first = this.#name()
    const name = this.#take(':') ? this.#name() : first
    const given: JsonObject = {}
    if (this.#take('(')) {
      while (!this.#take(')')) {
        const argument = this.#name()
        this.#expect(':')
        given[argument] = this.#value()
      }
    }
    if (this.#peek() === '@') throw new QueryError('Directives are not understood')
    const fields = this.#peek() === '{' ? this.#selection() : undefined
    return { name, alias: first, arguments: given, fields }
  }

  #value(): Json {
    if (++this.#depth > maximumDepth) throw new QueryError('The query nests too deeply')
    const value = this.#anyValue()
    this.#depth--
    return value
  }

  #anyValue(): Json {
    const token = this.#next()
    if (token === '$') {
      const name = this.#next()
      return this.#variables[name] ?? this.#defaults[name] ?? null
    }
    if (token === '[') {
      const items: Json[] = []
      while (!this.#take(']')) items.push(this.#value())
      return items
    }
    if (token === '{') {
      const members: JsonObject = {}
      while (!this.#take('}')) {
        const name = this.#name()
        this.#expect(':')
        members[name] = this.#value()
      }
      return members
    }
    if (token.startsWith('"""')) return token.slice(3, -3)
    if (token.startsWith('"')) return readText(token)
    if (/^[-\d]/.test(token)) return Number(token)
    if (token === 'true' || token === 'false') return token === 'true'
    if (token === 'null') return null
    if (/^[_A-Za-z]/.test(token)) return token
    throw new QueryError(`Unexpected "${token}"`)
  }

  #skipSelection(): void {
    this.#expect('{')
    for (let open = 1; open > 0; ) {
      const token = this.#next()
      if (token === '{') open++
      if (token === '}') open--
    }
  }

  #name(): string {
    const token = this.#next()
    if (/^[_A-Za-z]/.test(token)) return token
    throw new QueryError(`Expected a name, found "${token}"`)
  }

  #peek(): string | undefined {
    return this.#tokens[this.#position]
  }

  #next(): string {
    const token = this.#tokens[this.#position++]
    if (token === undefined) throw new QueryError('Unexpected end of the query')
    return token
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false
    this.#position++
    return true
  }

  #expect(token: string): void {
    const found = this.#next()
    if (found !== token) throw new QueryError(`Expected "${token}", found "${found}"`)
  }
}

function readText(token: string): string {
  try {
    const value: Json = JSON.parse(token)
    return String(value)
  } catch {
    throw new QueryError(`The text ${token} is not understood`)
  }
}
