import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useId } from 'react';
import type { SlaAction } from '../../../../contract/sla';
import type { Policy } from '../../../../sla/policy/policy-schema';
import { useAdmin } from '../context';
import { Problems, useForm } from '../dialogs/form/step-context';
import { useTyped } from '../dialogs/form/use-typed';

type Threshold = Policy['thresholds'][number];
type ActionType = SlaAction['type'];
/** An order that is opened needs words of its own: that is written in the YAML. */
const CHOSEN = ['raise-priority', 'tell-supervisor', 'tell-customer', 'hand-off', 'offer-order'] as const;

/** An action as it is first written; its priority is left to be the usual one. */
const freshAction = (type: ActionType): object =>
  type === 'tell-customer' ? { type, pattern: 'promise-renewed' } : { type };

/** As it is written: what is usual is left out. */
function writtenAction(action: SlaAction): object {
  if (action.type === 'hand-off' && action.priority === 'high') return { type: action.type };
  if (action.type === 'raise-priority' && action.to === 'high') return { type: action.type };
  return action;
}

/** What is done when so many percent of the target have gone. */
export function Thresholds({ thresholds }: { thresholds: readonly Threshold[] }) {
  const { promises } = useAdmin().words;
  const { set } = useForm();
  const next = Math.max(0, ...thresholds.map(({ percent }) => percent)) + 25;
  return (
    <fieldset className="text-field">
      <legend>{promises.thresholds}</legend>
      {thresholds.map((threshold, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a threshold is its place in the file
        <OneThreshold key={i} threshold={threshold} index={i} isLast={thresholds.length === 1} />
      ))}
      <Button
        size="small"
        type="dashed"
        onClick={() =>
          set(['thresholds', thresholds.length], { percent: next, actions: [{ type: 'tell-supervisor' }] })
        }
      >
        {promises.addThreshold}
      </Button>
      <Problems path={['thresholds']} />
    </fieldset>
  );
}

interface OneProps {
  threshold: Threshold;
  index: number;
  isLast: boolean;
}

function OneThreshold({ threshold: { percent, actions }, index, isLast }: OneProps) {
  const { promises } = useAdmin().words;
  const { set } = useForm();
  const id = useId();
  const { text, type, flush } = useTyped(String(percent), (next) => {
    const value = Number(next);
    if (Number.isFinite(value) && value >= 1 && value <= 1000) set(['thresholds', index, 'percent'], value);
  });
  const kept = actions.map(({ type: each }) => each);
  const options = [...new Set([...CHOSEN, ...kept])].map((value) => ({
    value,
    label: promises.actionNames[value],
  }));
  function choose(types: ActionType[]): void {
    const made = types.map((each) => {
      const before = actions.find((action) => action.type === each);
      return before ? writtenAction(before) : freshAction(each);
    });
    set(['thresholds', index, 'actions'], made);
  }
  return (
    <div className="threshold">
      <span className="field">
        <label htmlFor={`${id}p`}>{promises.percent}</label>
        <Input
          id={`${id}p`}
          inputMode="numeric"
          value={text}
          onChange={({ target }) => type(target.value)}
          onBlur={flush}
        />
      </span>
      <span className="field">
        <label htmlFor={`${id}a`}>{promises.actions}</label>
        <Select id={`${id}a`} mode="multiple" value={kept} options={options} onChange={choose} />
      </span>
      <Button
        size="small"
        type="text"
        disabled={isLast}
        onClick={() => set(['thresholds', index], undefined)}
      >
        {promises.removeThreshold}
      </Button>
    </div>
  );
}
