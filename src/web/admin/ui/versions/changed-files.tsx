import { useState } from 'react';
import type { FileDifference } from '../../../../contract/content-editing';
import { useAdmin } from '../context';
import { TextDiff } from './text-diff';

/** Files that differ; each opens to show how. */
export function ChangedFiles({ files }: { files: readonly FileDifference[] }) {
  const { versions } = useAdmin().words;
  const [open, setOpen] = useState<string | null>(null);
  if (files.length === 0) return <p className="quiet">{versions.noDifference}</p>;
  return (
    <ul className="changed-files">
      {files.map(({ path, kind, before, after }) => (
        <li key={path}>
          <button
            type="button"
            aria-expanded={open === path}
            onClick={() => setOpen(open === path ? null : path)}
          >
            <span className={`tag of-${kind}`}>{versions.kinds[kind]}</span> <code>{path}</code>
          </button>
          {open === path && <TextDiff label={path} before={before} after={after} />}
        </li>
      ))}
    </ul>
  );
}
