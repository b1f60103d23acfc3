import {describe, expect, it} from 'vitest'
import {typeName} from './type-name'

describe('typeName', () => {
  it.each([
    ['TypeScript Pro Essentials', 'TypeScriptProEssentials'],
    ['AI SDK Crash Course', 'AiSdkCrashCourse'],
    ['Evals for TypeScript Developers', 'EvalsForTypeScriptDevelopers'],
    ['TypeScript + AI', 'TypeScriptPlusAi'],
    ['…', 'Course'],
  ])('names %s %s', (title, name) => {
    expect(typeName(title)).toBe(name)
  })
})
