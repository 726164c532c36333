import Button from 'antd/es/button';
import { operations } from '../../../../../contract/operations';
import type { ChooseStep, LocalizedText, Step } from '../../../../../dialogs/schema';
import { filesOf } from '../../../state/bench';
import { useAdmin, useBench } from '../../context';
import { dialogIdOf } from '../use-file';
import { ConditionField } from './condition-field';
import { ChoiceField, LineField, MaybePart, NumberField, SlotField, StepField, WordsField } from './fields';
import { MapField } from './map-field';
import { useForm, useFormDialog } from './step-context';
import { TextField } from './text-field';

const NEW_TEXT = { zh: '请填写内容。', en: 'Please fill in the text.' };
const asOptions = (names: readonly string[]) => names.map((value) => ({ value, label: value }));

/** What can be said of a step, by its kind: a new kind is a case here. */
export function StepFields({ step }: { step: Step }) {
  switch (step.type) {
    case 'say':
      return (
        <>
          <TextField path={['text']} value={step.text} hasFacts />
          <StepField path={['next']} value={step.next} />
        </>
      );
    case 'ask':
      return <AskFields step={step} />;
    case 'choose':
      return <ChooseFields step={step} />;
    case 'set':
      return (
        <>
          <MapField path={['values']} value={step.values} isOfSlots />
          <StepField path={['next']} value={step.next} />
        </>
      );
    case 'branch':
      return <BranchFields step={step} />;
    case 'call':
      return (
        <>
          <ChoiceField
            path={['operation']}
            value={step.operation}
            options={asOptions(Object.keys(operations))}
          />
          <CallingFields step={step} />
        </>
      );
    case 'work-order':
      return (
        <>
          <ChoiceField
            path={['kind']}
            value={step.kind}
            options={asOptions(['fault', 'installation', 'complaint'])}
          />
          <TextField path={['summary']} value={step.summary} />
          <CallingFields step={step} />
        </>
      );
    case 'answer':
      return <AnswerFields step={step} />;
    case 'survey':
      return (
        <>
          <TextField path={['prompt']} value={step.prompt} />
          <SlotField path={['slot']} value={step.slot} />
          {step.labels.map((label, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a score is its place
            <TextField key={i} path={['labels', i]} value={label} />
          ))}
          <StepField path={['next']} value={step.next} />
        </>
      );
    case 'run':
      return <RunFields step={step} />;
    case 'handoff':
      return (
        <>
          <LineField path={['reason']} value={step.reason} />
          <ChoiceField
            path={['priority']}
            value={step.priority}
            options={asOptions(['normal', 'high', 'danger'])}
          />
          <MaybeText name="say" value={step.say} />
          <StepField path={['resumeAt']} value={step.resumeAt} isOptional />
        </>
      );
    case 'end':
      return <MaybeText name="text" value={step.text} />;
  }
}

function MaybeText({ name, value }: { name: string; value: LocalizedText | undefined }) {
  return (
    <MaybePart path={[name]} isThere={value !== undefined} fresh={NEW_TEXT}>
      {value && <TextField path={[name]} value={value} hasFacts={name === 'text'} />}
    </MaybePart>
  );
}

function AskFields({ step }: { step: Extract<Step, { type: 'ask' }> }) {
  return (
    <>
      <TextField path={['prompt']} value={step.prompt} />
      <MaybeText name="retry" value={step.retry} />
      <SlotField path={['slot']} value={step.slot} />
      <MaybePart
        path={['validate']}
        isThere={step.validate !== undefined}
        fresh={{ condition: 'value != null', message: NEW_TEXT }}
      >
        {step.validate && (
          <>
            <LineField path={['validate', 'condition']} value={step.validate.condition} isCode />
            <TextField path={['validate', 'message']} value={step.validate.message} />
          </>
        )}
      </MaybePart>
      <ConditionField path={['skipWhen']} value={step.skipWhen} />
      <LineField path={['complete']} value={step.complete} isCode />
      <NumberField path={['attempts']} value={step.attempts} />
      <StepField path={['next']} value={step.next} />
      <StepField path={['onFail']} value={step.onFail} isOptional />
    </>
  );
}

function ChooseFields({ step }: { step: ChooseStep }) {
  const { dialogs } = useAdmin().words;
  const { set } = useForm();
  const { options } = step;
  return (
    <>
      <TextField path={['prompt']} value={step.prompt} />
      <MaybeText name="retry" value={step.retry} />
      <SlotField path={['slot']} value={step.slot} />
      {options.map((option, i) => (
        <details key={option.value} className="option" open={i === 0}>
          <summary>
            {dialogs.option(i + 1)} · {option.label.zh}
          </summary>
          <TextField path={['options', i, 'label']} value={option.label} />
          <LineField path={['options', i, 'value']} value={option.value} isCode />
          <WordsField path={['options', i, 'words']} value={option.words} />
          <WordsField path={['options', i, 'mentions']} value={option.mentions} />
          <WordsField path={['options', i, 'intents']} value={option.intents} />
          <ConditionField path={['options', i, 'when']} value={option.when} />
          {options.length > 2 && (
            <Button size="small" type="text" onClick={() => set(['options', i], undefined)}>
              {dialogs.removePart(dialogs.option(i + 1))}
            </Button>
          )}
        </details>
      ))}
      {options.length < 3 && (
        <Button
          size="small"
          type="dashed"
          onClick={() =>
            set(['options', options.length], { value: 'other', label: { zh: '其他', en: 'Other' } })
          }
        >
          {dialogs.addOption}
        </Button>
      )}
      <ConditionField path={['skipWhen']} value={step.skipWhen} />
      <NumberField path={['attempts']} value={step.attempts} />
      <StepField path={['next']} value={step.next} />
      <StepField path={['onFail']} value={step.onFail} isOptional />
    </>
  );
}

function BranchFields({ step }: { step: Extract<Step, { type: 'branch' }> }) {
  const { dialogs } = useAdmin().words;
  const { set } = useForm();
  const dialog = useFormDialog();
  const { cases } = step;
  const [slot] = Object.keys(dialog.slots);
  const fresh = slot === undefined ? 'true' : `slots.${slot} != null`;
  return (
    <>
      {cases.map(({ when, next }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cases count by their place
        <fieldset key={i} className="text-field">
          <legend>{dialogs.case(i + 1)}</legend>
          <ConditionField path={['cases', i, 'when']} value={when} />
          <StepField path={['cases', i, 'next']} value={next} />
          {cases.length > 1 && (
            <Button size="small" type="text" onClick={() => set(['cases', i], undefined)}>
              {dialogs.removePart(dialogs.case(i + 1))}
            </Button>
          )}
        </fieldset>
      ))}
      <Button
        size="small"
        type="dashed"
        onClick={() => set(['cases', cases.length], { when: fresh, next: step.otherwise })}
      >
        {dialogs.addCase}
      </Button>
      <StepField path={['otherwise']} value={step.otherwise} />
    </>
  );
}

function CallingFields({ step }: { step: Extract<Step, { type: 'call' | 'work-order' }> }) {
  return (
    <>
      <MapField path={['args']} value={step.args} />
      <MaybeText name="say" value={step.say} />
      <SlotField path={['saveAs']} value={step.saveAs} />
      <NumberField path={['timeoutMs']} value={step.timeoutMs} />
      <StepField path={['next']} value={step.next} />
      <StepField path={['onTimeout']} value={step.onTimeout} />
      <StepField path={['onError']} value={step.onError} />
    </>
  );
}

function AnswerFields({ step }: { step: Extract<Step, { type: 'answer' }> }) {
  const bench = useBench();
  const articles = Object.keys(filesOf(bench)).flatMap(
    (path) => /^dialogs\/knowledge\/([^/]+)\.md$/.exec(path)?.[1] ?? [],
  );
  return (
    <>
      {step.article !== undefined ? (
        <ChoiceField path={['article']} value={step.article} options={asOptions(articles)} />
      ) : (
        <SlotField path={['slot']} value={step.slot} />
      )}
      <StepField path={['next']} value={step.next} />
      <StepField path={['otherwise']} value={step.otherwise} />
    </>
  );
}

function RunFields({ step }: { step: Extract<Step, { type: 'run' }> }) {
  const bench = useBench();
  const dialogs = Object.keys(filesOf(bench)).flatMap((path) => dialogIdOf(path) ?? []);
  return (
    <>
      <ChoiceField path={['dialog']} value={step.dialog} options={asOptions(dialogs)} />
      <StepField path={['next']} value={step.next} />
    </>
  );
}
