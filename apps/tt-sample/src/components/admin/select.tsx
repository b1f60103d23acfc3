import {useId} from 'react'

/** A labelled choice of a form that is sent as a whole. */
export function Select({
  label,
  name,
  value,
  options,
}: {
  label: string
  name: string
  value: string
  options: {value: string; label: string}[]
}) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={value}
        className="min-h-[2.875rem] w-full rounded-md border border-rule-strong bg-sheet px-3 py-2 text-ink"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
