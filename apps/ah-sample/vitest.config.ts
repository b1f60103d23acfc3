import { defineConfig } from 'vitest/config'
import { ahProjects } from './vitest.projects.ts'

export default defineConfig({ test: { silent: 'passed-only', projects: ahProjects } })
