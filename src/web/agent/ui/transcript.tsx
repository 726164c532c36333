import { useMemo, useState } from 'react';
import type { DeskState, Loaded } from '../state/desk-shape';
import { mergeLines } from '../state/desk-state';
import { type Entry, timelineOf } from '../state/timeline';
import { useDesk, useDeskState, useSpeakTime, useTicking } from './context';
import { LineItem, NoteItem, OutgoingItem } from './line';
import { SummaryCard } from './summary-card';
import { useStayAtEnd } from './use-stay-at-end';

const outgoingOf = (state: DeskState) => state.outgoing;

/** The story of a conversation: the bot's part folded, then word by word, notes among them. */
export function Transcript({ loaded }: { loaded: Loaded }) {
  const { words, client } = useDesk();
  const { talk } = words;
  const speakTime = useSpeakTime();
  const { view, notes, isWhole, revealed } = loaded;
  const lines = useMemo(() => mergeLines(loaded.lines, revealed?.transcript ?? []), [loaded.lines, revealed]);
  const recalled = useMemo(() => new Set(lines.flatMap(({ recalls }) => recalls ?? [])), [lines]);
  const id = view.conversationId;
  const all = useDeskState(outgoingOf);
  const outgoing = useMemo(() => all.filter(({ conversationId }) => conversationId === id), [all, id]);
  const [unfolded, setUnfolded] = useState<string | null>(null);
  const isUnfolded = unfolded === id;
  const { owner, since } = view.ownership;
  const isBots = owner === 'bot';
  const { folded, entries } = useMemo(() => {
    const dayOf = (at: number) => speakTime(at).split(' ')[0] ?? '';
    return timelineOf({ lines, notes, outgoing }, isUnfolded || isBots ? null : since, dayOf);
  }, [lines, notes, outgoing, isUnfolded, isBots, since, speakTime]);
  const { box, hasMore, onScroll, toEnd } = useStayAtEnd(entries.at(-1), id);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a mouse
    <div className="story" ref={box} onScroll={onScroll} tabIndex={0} role="log" aria-label={talk.message}>
      {!isWhole && (
        <button type="button" className="older" onClick={() => void client.loadOlder()}>
          {talk.older}
        </button>
      )}
      <SummaryCard view={view} />
      {(folded > 0 || isUnfolded) && (
        <button type="button" className="older" onClick={() => setUnfolded(isUnfolded ? null : id)}>
          {isUnfolded ? talk.foldAgain : talk.folded(folded)}
        </button>
      )}
      <ol>
        {entries.map((entry) => (
          <EntryItem key={entry.key} entry={entry} recalled={recalled} />
        ))}
      </ol>
      <Typing id={id} />
      {hasMore && (
        <button type="button" className="to-end" onClick={toEnd}>
          {talk.newBelow}
        </button>
      )}
    </div>
  );
}

function EntryItem({ entry, recalled }: { entry: Entry; recalled: ReadonlySet<number> }) {
  const speakTime = useSpeakTime();
  switch (entry.type) {
    case 'day':
      return <li className="day">{speakTime(entry.at).split(' ')[0]}</li>;
    case 'line':
      return <LineItem line={entry.line} isRecalled={recalled.has(entry.line.position)} />;
    case 'note':
      return <NoteItem note={entry.note} />;
    case 'outgoing':
      return <OutgoingItem message={entry.message} />;
  }
}

function Typing({ id }: { id: string }) {
  const { talk } = useDesk().words;
  const until = useDeskState((state) => state.typingUntil[id] ?? 0);
  const isTyping = useTicking(() => until > Date.now());
  return isTyping ? <p className="typing">{talk.customerWrites}</p> : null;
}
