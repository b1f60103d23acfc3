/** A day as people write it, always by UTC: server, browser and mail then agree on it. */
export function writeDay(moment: Date): string {
  return new Intl.DateTimeFormat('en-GB', {dateStyle: 'long', timeZone: 'UTC'}).format(moment)
}
