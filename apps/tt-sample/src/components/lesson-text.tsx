import {parseLesson, splitInlineCode} from './parse-lesson'

/** The text of a lesson, set for reading. */
export function LessonText({body}: {body: string}) {
  return (
    <div className="max-w-[38rem] space-y-6 text-lg leading-relaxed">
      {parseLesson(body).map((block) =>
        block.kind === 'code' ? (
          <CodeBlock key={block.text} code={block.text} />
        ) : (
          <Paragraph key={block.text} text={block.text} />
        ),
      )}
    </div>
  )
}

function CodeBlock({code}: {code: string}) {
  return (
    <section
      aria-label="Code"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and scrolling must work by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-rule bg-sheet"
    >
      <pre className="w-max min-w-full p-5 font-mono text-sm">
        <code>{code}</code>
      </pre>
    </section>
  )
}

function Paragraph({text}: {text: string}) {
  return (
    <p className="font-serif">
      {splitInlineCode(text).map((run) =>
        run.code ? (
          <code key={run.start} className="rounded-sm bg-blue-wash px-1 font-mono text-[0.8em]">
            {run.text}
          </code>
        ) : (
          run.text
        ),
      )}
    </p>
  )
}
