import type {AppName} from './views'

const names: Record<AppName, string> = {'total-typescript': 'Total TypeScript', 'ai-hero': 'AI Hero'}

/** An app's name as people know it. One that is unknown here keeps the name it has in data. */
export function appName(app: string): string {
  return app === 'total-typescript' || app === 'ai-hero' ? names[app] : app
}

/** Says where a course is taken. */
export function AppLabel({app}: {app: AppName}) {
  const elsewhere = app !== 'total-typescript'
  return (
    <span
      className={`font-mono text-xs whitespace-nowrap ${elsewhere ? 'text-amber-800 dark:text-amber-300' : 'text-blue'}`}
    >
      {elsewhere ? `On ${appName(app)}` : 'Here'}
    </span>
  )
}
