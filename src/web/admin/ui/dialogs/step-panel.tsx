import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useId, useMemo, useState } from 'react';
import {
  addStep,
  copyStep,
  freeName,
  removeStep,
  renameStep,
  setStepPart,
} from '../../../../dialogs/edit/edit-steps';
import { newStep } from '../../../../dialogs/edit/new-step';
import type { Dialog, Step } from '../../../../dialogs/schema';
import { filesOf, textOf } from '../../state/bench';
import { useAdmin, useBench, useNotice } from '../context';
import { FormProvider } from './form/step-context';
import { StepFields } from './form/step-fields';
import { Preview } from './preview';
import { type DialogFile, dialogIdOf, pathOf } from './use-file';

interface PanelProps {
  file: DialogFile;
  dialog: Dialog;
  step: Step;
  onSelect: (id: string | null) => void;
}

/** One step: what it says and does, how it looks to customers, what can be done with it. */
export function StepPanel({ file, dialog, step, onSelect }: PanelProps) {
  const { words } = useAdmin();
  const place = dialog.steps.indexOf(step);
  const form = useMemo(() => {
    const lead = `steps.${place}`;
    return {
      dialog,
      set: (path: readonly (string | number)[], value: unknown) =>
        void file.edit((text) => setStepPart(text, step.id, path, value), `${step.id}.${path.join('.')}`),
      problemsAt: (path: readonly (string | number)[]) =>
        file.problems.filter((problem) => problem.path === [lead, ...path].join('.')),
    };
  }, [dialog, file, step.id, place]);
  return (
    <FormProvider value={form}>
      <div className="panel-body" key={step.id}>
        <h3>
          {words.dialogs.kinds[step.type]} <code>{step.id}</code>
        </h3>
        <fieldset className="plain" disabled={file.isBroken}>
          <StepFields step={step} />
        </fieldset>
        <Preview file={file} step={step} />
        <StepActions file={file} dialog={dialog} step={step} onSelect={onSelect} />
        <Scope dialog={dialog} />
      </div>
    </FormProvider>
  );
}

function StepActions({ file, dialog, step, onSelect }: PanelProps) {
  const { client, words } = useAdmin();
  const { dialogs } = words;
  const say = useNotice();
  const bench = useBench();
  const id = useId();
  const [name, setName] = useState(step.id);
  const kinds = Object.entries(dialogs.kinds).map(([value, label]) => ({ value, label }));
  const others = Object.keys(filesOf(bench)).flatMap((path) => dialogIdOf(path) ?? []);
  function add(kind: Step['type']): void {
    const made = freeName(kind, new Set(dialog.steps.map((each) => each.id)));
    const known = { slot: Object.keys(dialog.slots)[0] ?? 'answer', step: step.id };
    if (file.edit((text) => addStep(text, newStep(kind, made, known), step.id), `add ${made}`))
      onSelect(made);
  }
  function remove(): void {
    if (file.edit((text) => removeStep(text, step.id), `remove ${step.id}`)) onSelect(null);
  }
  function rename(): void {
    const wanted = name.trim();
    if (wanted === step.id || !/^[a-z][a-z0-9-]*$/.test(wanted)) return setName(step.id);
    if (file.edit((text) => renameStep(text, step.id, wanted), `rename ${step.id}`)) onSelect(wanted);
  }
  function copy(to: string): void {
    const target = textOf(client.store.read().bench, pathOf(to));
    try {
      const made = copyStep(file.text, step.id, target);
      const edit = { type: 'edit', path: pathOf(to), text: made.text, what: 'copy', at: Date.now() } as const;
      client.store.dispatch(edit);
      say(dialogs.copied(made.id, to));
      if (to === dialog.id) onSelect(made.id);
    } catch {
      say(dialogs.notDone);
    }
  }
  return (
    <div className="step-actions">
      <Select
        aria-label={dialogs.addAfter}
        placeholder={dialogs.addAfter}
        value={null}
        options={kinds}
        disabled={file.isBroken}
        onChange={(kind: Step['type'] | null) => kind !== null && add(kind)}
      />
      <Select
        aria-label={dialogs.copyTo}
        placeholder={dialogs.copyTo}
        value={null}
        showSearch={{ optionFilterProp: 'value' }}
        options={others.map((value) => ({ value, label: value }))}
        disabled={file.isBroken}
        onChange={(to: string | null) => to !== null && copy(to)}
      />
      <span className="rename">
        <label htmlFor={id}>{dialogs.rename}</label>
        <Input
          id={id}
          value={name}
          disabled={file.isBroken}
          onChange={({ target }) => setName(target.value)}
          onPressEnter={rename}
          onBlur={rename}
        />
      </span>
      <Button danger disabled={file.isBroken || dialog.steps.length < 2} onClick={remove}>
        {dialogs.removeStep}
      </Button>
    </div>
  );
}

const ALWAYS = ['customer', 'orders', 'channel', 'locale', 'now', 'isStaffed', 'openDialog'];

/** What texts and conditions of the dialog can speak of. */
function Scope({ dialog }: { dialog: Dialog }) {
  const { words, settings } = useAdmin();
  const { dialogs } = words;
  return (
    <details className="scope">
      <summary>{dialogs.inScope}</summary>
      <p className="hint">{dialogs.inScopeHint}</p>
      <ul className="plain-list">
        {Object.entries(dialog.slots).map(([name, slot]) => (
          <li key={name}>
            <code>slots.{name}</code> {slot.name[settings.locale]}
          </li>
        ))}
        {ALWAYS.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
