import { unifiedMergeView } from '@codemirror/merge';
import { useMemo } from 'react';
import { Code } from '../code';

interface DiffProps {
  label: string;
  before: string | null;
  after: string | null;
}

/** What differs between two texts, with what is the same folded away. */
export function TextDiff({ label, before, after }: DiffProps) {
  const extensions = useMemo(
    () => [
      unifiedMergeView({
        original: before ?? '',
        mergeControls: false,
        collapseUnchanged: { margin: 3, minSize: 6 },
      }),
    ],
    [before],
  );
  return <Code key={before} className="diff" label={label} value={after ?? ''} extensions={extensions} />;
}
