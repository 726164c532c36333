import { partsOf } from './parts-of';

/** The words of a line: whatever anybody wrote stays words. */
export function Words({ text }: { text: string }) {
  return (
    <>
      {partsOf(text).map((part, i) =>
        part.isAddress ? (
          <a key={i} href={part.text} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </>
  );
}
