import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { QualityCase } from '../../../../contract/quality';
import { useDesk, useDeskState } from '../context';

interface ScoreSheetProps {
  shown: QualityCase;
  path: string;
  onDone: (shown: QualityCase) => void;
  /** Somebody else wrote meanwhile: the stretch is read anew, and what is filled in here stays. */
  onStale: () => Promise<void>;
}

interface Filled {
  scores: Record<string, number>;
  zeros: string[];
  comment: string;
}

/** One's own sheet to mend, or a full one: points are taken off. */
function begin({ form, reviews, mayReview }: QualityCase, own: string | undefined): Filled {
  const mine = mayReview === 'change' ? reviews.find(({ reviewerId }) => reviewerId === own) : undefined;
  const full = Object.fromEntries(form.sheet.map(({ id, points }) => [id, mine?.scores[id] ?? points]));
  return { scores: full, zeros: mine?.zeros ?? [], comment: mine?.comment ?? '' };
}

/** The sheet, to be filled in without a mouse. */
export function ScoreSheet({ shown, path, onDone, onStale }: ScoreSheetProps) {
  const { client, words } = useDesk();
  const { quality, shell } = words;
  const own = useDeskState((state) => state.account?.id);
  const [filled, setFilled] = useState(() => begin(shown, own));
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const { scores, zeros } = filled;
  const sum = Object.values(scores).reduce((all, points) => all + points, 0);
  const labels = { first: quality.save, appeal: quality.saveDecision, change: quality.saveChange };
  const label = labels[shown.mayReview as keyof typeof labels];

  async function save(): Promise<void> {
    setIsBusy(true);
    const body = { version: shown.item.version, ...filled };
    const answer = await client.tryCall<QualityCase>('POST', `${path}/reviews`, body);
    setIsBusy(false);
    if (answer.ok) {
      setFault(null);
      client.store.dispatch({ type: 'notice', text: 'said', detail: quality.saved, isBad: false });
      return onDone(answer.value);
    }
    setFault(
      answer.code === 'conflict'
        ? quality.conflict
        : (shell.faults[answer.code] ?? shell.faults.failed ?? ''),
    );
    if (answer.code === 'conflict') await onStale();
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    const isField = event.target instanceof HTMLInputElement && event.target.type === 'number';
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      void save();
    } else if (isField) {
      event.preventDefault();
      const fields = [...(form.current?.querySelectorAll<HTMLElement>('input, textarea') ?? [])];
      fields[fields.indexOf(event.target as HTMLElement) + 1]?.focus();
    }
  }
  return (
    <section>
      <form
        ref={form}
        className="sheet"
        onKeyDown={onKey}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <h2>{quality.sheet}</h2>
        <p className="quiet">{quality.keys}</p>
        <Points shown={shown} scores={scores} onChange={(next) => setFilled({ ...filled, scores: next })} />
        <Zeros shown={shown} zeros={zeros} onChange={(next) => setFilled({ ...filled, zeros: next })} />
        <Comment value={filled.comment} onChange={(comment) => setFilled({ ...filled, comment })} />
        {fault !== null && (
          <p className="warn" role="alert">
            {fault}
          </p>
        )}
        <p className="acts">
          <b>{quality.total(zeros.length > 0 ? 0 : sum)}</b>
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {label}
          </Button>
        </p>
      </form>
    </section>
  );
}

interface PointsProps {
  shown: QualityCase;
  scores: Record<string, number>;
  onChange: (scores: Record<string, number>) => void;
}

function Points({ shown, scores, onChange }: PointsProps) {
  const { words, locale } = useDesk();
  const id = useId();
  const set = (name: string, value: number, most: number) =>
    onChange({ ...scores, [name]: Math.min(most, Math.max(0, Math.round(value) || 0)) });
  return shown.form.sheet.map(({ id: name, name: label, points, asks }, i) => (
    <div key={name} className="score">
      <label htmlFor={id + name}>
        <b>{label[locale]}</b> <span className="quiet">{asks[locale]}</span>
      </label>
      <input
        id={id + name}
        type="number"
        min={0}
        max={points}
        // biome-ignore lint/a11y/noAutofocus: whoever opens a stretch has come to fill in its sheet
        autoFocus={i === 0}
        value={scores[name] ?? 0}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => set(name, target.valueAsNumber, points)}
      />
      <span className="quiet">{words.quality.of(points)}</span>
    </div>
  ));
}

interface ZerosProps {
  shown: QualityCase;
  zeros: string[];
  onChange: (zeros: string[]) => void;
}

function Zeros({ shown, zeros, onChange }: ZerosProps) {
  const { words, locale } = useDesk();
  return (
    <fieldset>
      <legend>{words.quality.zero}</legend>
      {shown.form.zero.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={zeros.includes(id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...zeros, id] : zeros.filter((each) => each !== id))
            }
          />{' '}
          {name[locale]}
        </label>
      ))}
    </fieldset>
  );
}

function Comment({ value, onChange }: { value: string; onChange: (comment: string) => void }) {
  const { quality } = useDesk().words;
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{quality.comment}</label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={2000}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </>
  );
}
