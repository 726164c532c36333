import { useState } from 'react';
import type { PolicyRow } from '../../state/policy-rows';
import { useAdmin } from '../context';
import { EditorHead } from '../frame/editor-head';
import { FileProblems } from '../frame/file-problems';
import { FileText } from '../frame/file-text';
import { Tabs } from '../frame/tabs';
import { useTextFile } from '../use-text-file';
import { ForetellCard } from './foretell-card';
import { PolicyForm } from './policy-form';

const PANELS = ['foretell', 'yaml'] as const;

/** One promise: its form; what it makes of something, and its YAML, on the right. */
export function PolicyEditor({ row, onClose }: { row: PolicyRow; onClose: () => void }) {
  const { words, settings } = useAdmin();
  const { promises } = words;
  const file = useTextFile(row.path);
  const [panel, setPanel] = useState<(typeof PANELS)[number]>('foretell');
  const shown = row.policy ? panel : 'yaml';
  return (
    <div className="dialog-editor article-editor">
      <EditorHead
        name={row.policy?.name[settings.locale] ?? row.id}
        id={row.id}
        file={file}
        list={promises.list}
        onClose={onClose}
        removing={{ name: promises.remove, hint: promises.removeHint, onRemoved: onClose }}
      />
      <div className="views">
        <section className="panel-body">
          {row.policy ? (
            <PolicyForm policy={row.policy} file={file} />
          ) : (
            <p className="warn">{promises.broken}</p>
          )}
        </section>
      </div>
      <FileProblems problems={row.problems.length > 0 ? row.problems : file.problems} />
      <aside className="side" aria-label={promises.panel}>
        <Tabs
          label={promises.panel}
          all={PANELS}
          names={promises.panels}
          shown={shown}
          off={row.policy ? [] : ['foretell']}
          onShow={setPanel}
        />
        {shown === 'foretell' ? (
          <div className="panel-body">
            <ForetellCard />
          </div>
        ) : (
          <FileText file={file} />
        )}
      </aside>
    </div>
  );
}
