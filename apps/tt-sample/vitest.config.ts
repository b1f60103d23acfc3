import {defineConfig} from 'vitest/config'
import {ttProjects} from './vitest.projects.ts'

export default defineConfig({test: {silent: 'passed-only', projects: ttProjects}})
