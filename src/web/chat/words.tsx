import { partsOf } from './parts-of';

export interface WordsProps {
  text: string;
  /** In an app: opens a work order there. */
  onOrder?: (number: string) => void;
}

/** The words of a line: whatever anybody wrote stays words; addresses and, in an app, orders can be followed. */
export function Words({ text, onOrder }: WordsProps) {
  return (
    <>
      {partsOf(text).map((part, i) => {
        if (part.type === 'address') {
          return (
            <a key={i} href={part.text} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          );
        }
        if (part.type === 'order' && onOrder) {
          return (
            <button key={i} type="button" class="order" onClick={() => onOrder(part.text)}>
              {part.text}
            </button>
          );
        }
        return part.text;
      })}
    </>
  );
}
