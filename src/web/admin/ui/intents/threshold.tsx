import Button from 'antd/es/button';
import Slider from 'antd/es/slider';
import { useState } from 'react';
import type { MeasuredIntents } from '../../../../contract/content-intents';
import { setIn } from '../../../../dialogs/edit/edit-yaml';
import { useAdmin } from '../context';
import { useTextFile } from '../use-text-file';

const ACCEPTANCE = 'intents/entities/acceptance.yaml';

/** How sure the bot has to be, and what comes of it. */
export function Threshold({ measured }: { measured: MeasuredIntents }) {
  const { intents } = useAdmin().words;
  const file = useTextFile(ACCEPTANCE);
  const { effects, strangers } = measured;
  const own = /^threshold: *(-?[\d.]+)/m.exec(file.text)?.[1];
  const inUse = own === undefined ? measured.chosenThreshold : Number(own);
  const [moved, setMoved] = useState<number | null>(null);
  const value = moved ?? inUse;
  const [first, last] = [effects[0]?.threshold ?? -1, effects.at(-1)?.threshold ?? 2];
  const effect = effects.reduce((best, each) =>
    Math.abs(each.threshold - value) < Math.abs(best.threshold - value) ? each : best,
  );
  return (
    <>
      <h4>{intents.threshold}</h4>
      <p className="hint">
        {intents.thresholdHint} {own === undefined ? intents.isAuto : intents.isOwn}
      </p>
      <Slider
        min={first}
        max={last}
        step={0.05}
        value={value}
        ariaLabelForHandle={intents.threshold}
        onChange={setMoved}
      />
      <p role="status">
        {intents.thresholdAt(value.toFixed(2))}：
        {intents.effect(effect.right, effect.wrong, effect.refused, effect.strangersRefused, strangers)}
      </p>
      <div className="actions">
        <Button
          disabled={moved === null || moved === inUse}
          onClick={() => {
            const threshold = Math.round(value * 100) / 100;
            file.edit(
              (text) =>
                text.trim() === '' ? `threshold: ${threshold}\n` : setIn(text, ['threshold'], threshold),
              'threshold',
            );
            setMoved(null);
          }}
        >
          {intents.keep}
        </Button>
        <Button
          disabled={own === undefined}
          onClick={() => {
            file.edit(() => '', 'threshold');
            setMoved(null);
          }}
        >
          {intents.auto}
        </Button>
      </div>
    </>
  );
}
