/** A seed, or a user that is added later, can't be used. The message names the field and says what it should be. */
export class SeedError extends Error {
  override name = 'SeedError'
}

/** The fields of one JSON object, read one by one. Each throws SeedError with the field's place. */
export interface Fields {
  text(name: string): string
  optionalText(name: string): string | undefined
  textOrNull(name: string): string | null
  flag(name: string, unlessGiven: boolean): boolean
  texts(name: string): string[]
  objects(name: string): Fields[]
  refuse(name: string, shouldBe: string): SeedError
}

/** @param where how the object is called in messages, such as `users[2]` */
export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SeedError(`${where} should be an object.`)
  }
  const object = value as Record<string, unknown>
  const refuse = (name: string, shouldBe: string) => new SeedError(`${where}.${name} should be ${shouldBe}.`)
  const list = (name: string): unknown[] => {
    const given = object[name] ?? []
    if (!Array.isArray(given)) throw refuse(name, 'a list')
    return given
  }
  const text = (name: string): string => {
    const given = object[name]
    if (typeof given !== 'string' || given === '') throw refuse(name, 'a text')
    return given
  }
  return {
    refuse,
    text,
    optionalText: (name) => (object[name] === undefined ? undefined : text(name)),
    textOrNull: (name) => (object[name] === null || object[name] === undefined ? null : text(name)),
    flag(name, unlessGiven) {
      const given = object[name] ?? unlessGiven
      if (typeof given !== 'boolean') throw refuse(name, 'true or false')
      return given
    },
    texts: (name) =>
      list(name).map((entry, index) => {
        if (typeof entry !== 'string' || entry === '') throw refuse(`${name}[${index}]`, 'a text')
        return entry
      }),
    objects: (name) => list(name).map((entry, index) => fieldsOf(entry, `${where}.${name}[${index}]`)),
  }
}
