/** The mark: two T's drawn like type parameters. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-8 shrink-0">
      <rect width="32" height="32" rx="7" className="fill-blue" />
      <path
        d="M6 10h9M10.5 10v13M17 10h9M21.5 10v13"
        fill="none"
        strokeWidth="2.8"
        className="stroke-on-blue"
      />
    </svg>
  )
}

/** The name, as it stands in header and footer. */
export function BrandName() {
  return (
    <span className="font-serif text-lg leading-none font-semibold tracking-tight whitespace-nowrap">
      Total TypeScript{' '}
      <span className="block pt-1 font-mono text-xs leading-none font-normal tracking-normal text-blue sm:inline">
        <span className="hidden sm:inline">· </span>sample
      </span>
    </span>
  )
}
