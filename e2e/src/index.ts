export { createScenario, type Scenario } from './scenario.ts'
export { waitUntil } from './wait-until.ts'
