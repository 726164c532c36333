import Button from 'antd/es/button';
import { useState } from 'react';
import { useAdmin } from '../context';
import { EditorHead } from '../frame/editor-head';
import { FileProblems } from '../frame/file-problems';
import { Tabs } from '../frame/tabs';
import { TryPanel } from '../try-it/try-panel';
import type { TalkState } from '../try-it/use-talk';
import type { Place } from '../use-place';
import { Canvas } from './canvas';
import { DialogFields } from './dialog-fields';
import { SlotsPanel } from './slots-panel';
import { StepPanel } from './step-panel';
import { UsagesPanel } from './usages-panel';
import { useDialogFile } from './use-file';
import { YamlView } from './yaml-view';

const VIEWS = ['canvas', 'yaml', 'both'] as const;
type View = (typeof VIEWS)[number];
const PANELS = ['step', 'slots', 'usages', 'try'] as const;
export type Panel = (typeof PANELS)[number];

interface EditorProps {
  id: string;
  step: string | null;
  go: (place: Partial<Place>) => void;
  talk: TalkState;
  panel: Panel;
  onPanel: (panel: Panel) => void;
}

/** One dialog: the flow and the YAML of the same text, and what belongs to the selected step beside them. */
export function DialogEditor({ id, step: selected, go, talk, panel, onPanel: setPanel }: EditorProps) {
  const { words, settings } = useAdmin();
  const { dialogs } = words;
  const file = useDialogFile(id);
  const [view, setView] = useState<View>('canvas');
  const { dialog } = file;
  const step = dialog?.steps.find((each) => each.id === selected) ?? null;
  const select = (next: string | null): void => {
    if (next === selected) return;
    go({ step: next });
    if (next !== null && panel !== 'try') setPanel('step');
  };
  const toList = () => go({ open: null, step: null });
  const stepOf = (path: string): string | undefined => {
    const place = /^steps\.(\d+)\./.exec(path)?.[1];
    return place === undefined ? undefined : dialog?.steps[Number(place)]?.id;
  };
  if (file.text === '')
    return (
      <div className="admin-empty">
        <p>{words.shell.faults['not-found']}</p>
        {file.canUndo && <Button onClick={file.undo}>{dialogs.undo}</Button>}
        <Button onClick={toList}>{dialogs.list}</Button>
      </div>
    );
  return (
    <div className="dialog-editor">
      <EditorHead
        name={dialog?.name[settings.locale] ?? id}
        id={id}
        file={file}
        list={dialogs.list}
        onClose={toList}
        removing={{ name: dialogs.remove, hint: dialogs.removeHint }}
        mark={file.isBroken && <span className="warn">{dialogs.broken}</span>}
      >
        <Tabs
          label={dialogs.view}
          all={VIEWS}
          names={dialogs.views}
          shown={view}
          wideOnly={['both']}
          onShow={setView}
        />
      </EditorHead>
      <div className={`views shows-${view}`}>
        {view !== 'yaml' && dialog && (
          <Canvas key={view} file={file} dialog={dialog} selected={selected} onSelect={select} />
        )}
        {(view !== 'canvas' || !dialog) && <YamlView file={file} selected={selected} />}
      </div>
      <FileProblems problems={file.problems} warnings={file.warnings} stepOf={stepOf} onStep={select} />
      <aside className="side" aria-label={dialogs.panel}>
        <Tabs label={dialogs.panel} all={PANELS} names={dialogs.panels} shown={panel} onShow={setPanel} />
        {panel === 'step' &&
          (step && dialog ? (
            <StepPanel key={step.id} file={file} dialog={dialog} step={step} onSelect={select} />
          ) : (
            dialog && <DialogFields file={file} dialog={dialog} />
          ))}
        {panel === 'slots' && dialog && <SlotsPanel file={file} dialog={dialog} />}
        {panel === 'try' && (
          <TryPanel dialog={id} state={talk} onStep={(open, at) => go({ open, step: at })} />
        )}
        {panel === 'usages' && <UsagesPanel dialog={id} onOpen={(open) => go({ open, step: null })} />}
      </aside>
    </div>
  );
}
