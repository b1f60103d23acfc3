/** A plain speech bubble with two eyes: recognisable beside the name, without being Discord's own drawing. */
export function DiscordMark() {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="currentColor"
      aria-hidden="true"
      className="mr-2 inline-block size-5 align-[-0.25em]"
    >
      <path
        fillRule="evenodd"
        d="M5 3h10a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4h-3l-2 2.5L8 16H5a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4Zm2.2 4.4a1.7 1.9 0 1 0 0 3.8 1.7 1.9 0 0 0 0-3.8Zm5.6 0a1.7 1.9 0 1 0 0 3.8 1.7 1.9 0 0 0 0-3.8Z"
      />
    </svg>
  )
}
