import {describe, expect, it} from 'vitest'
import {splitStatements} from './split-statements'

describe('splitStatements', () => {
  it('ends a statement at a semicolon that ends its line, and leaves comments out', () => {
    expect(splitStatements("-- one; two\nCREATE TABLE a (\n  b INT\n);\n\nINSERT INTO a VALUES ('x;y');  \n")).toEqual([
      'CREATE TABLE a (\n  b INT\n)',
      "INSERT INTO a VALUES ('x;y')",
    ])
  })

  it('takes a last statement without its semicolon, and nothing out of an empty file', () => {
    expect(splitStatements('SELECT 1')).toEqual(['SELECT 1'])
    expect(splitStatements('-- nothing yet\n')).toEqual([])
  })
})
