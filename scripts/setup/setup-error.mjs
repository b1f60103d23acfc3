/** A set-up step that failed, in words for the person at the terminal. */
export class SetupError extends Error {
  /**
   * @param {string} message what happened
   * @param {{ nextStep?: string, logFile?: string, lastLines?: string[] }} [details]
   */
  constructor(message, { nextStep, logFile, lastLines = [] } = {}) {
    super(message)
    this.name = 'SetupError'
    this.nextStep = nextStep
    this.logFile = logFile
    this.lastLines = lastLines
  }
}
