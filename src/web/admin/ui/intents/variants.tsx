import Button from 'antd/es/button';
import { useState } from 'react';
import type { Variant } from '../../../../understanding/variants';
import { useAdmin } from '../context';
import { hintDesk } from './use-intents';

const BATCH = 12;

interface VariantsProps {
  intent: string;
  nameOf: (id: string) => string;
  /** Makes one an example of the draft; false where that cannot be. */
  onAdd: (text: string) => boolean;
}

/** Other ways to type what is there, each taken by a click or left; what they are worth is measured below. */
export function Variants({ intent, nameOf, onAdd }: VariantsProps) {
  const { intents } = useAdmin().words;
  const [variants, setVariants] = useState<Variant[] | null>(null);
  const [shown, setShown] = useState<string[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  async function more(): Promise<void> {
    setIsBusy(true);
    const found = await hintDesk.variantsOf(intent, shown, BATCH);
    setVariants(found);
    setShown([...shown, ...found.map(({ text }) => text)]);
    setIsBusy(false);
  }
  const drop = (text: string) => setVariants((variants ?? []).filter((each) => each.text !== text));
  return (
    <section className="variants" aria-label={intents.variants}>
      <h3>{intents.variants}</h3>
      <p className="hint">{intents.variantsHint}</p>
      {variants !== null && (
        <ul>
          {variants.map(({ text, from, near }) => (
            <li key={text}>
              <p>
                {text}
                <span className="quiet">{intents.variantOf(from)}</span>
                {near && <span className="warn">{intents.hint.near(near.text, nameOf(near.intent))}</span>}
              </p>
              <Button
                size="small"
                aria-label={intents.takeVariant(text)}
                onClick={() => onAdd(text) && drop(text)}
              >
                {intents.add}
              </Button>
              <Button
                size="small"
                type="text"
                aria-label={intents.leaveVariant(text)}
                onClick={() => drop(text)}
              >
                {intents.leave}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {variants?.length === 0 && <p className="quiet">{intents.noVariants}</p>}
      <Button loading={isBusy} onClick={() => void more()}>
        {variants === null ? intents.suggest : intents.suggestMore}
      </Button>
    </section>
  );
}
