import { expect, it } from 'vitest'
import { splitStatements } from './run-migrations'

it('a statement ends with a semicolon at the end of a line, and comments are left out', () => {
	expect(splitStatements("-- one; two;\nSELECT ';' ;\nSELECT\n\t2;\r\n\nSELECT 3")).toEqual([
		"SELECT ';'",
		'SELECT\n\t2',
		'SELECT 3',
	])
})
