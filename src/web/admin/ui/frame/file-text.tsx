import { Code } from '../code';
import type { TextFile } from '../use-text-file';

/** A file as it is written, beside its form. */
export function FileText({ file }: { file: TextFile }) {
  return (
    <div className="intent-yaml">
      <Code
        label={file.path}
        value={file.text}
        height="100%"
        {...(file.mayEdit ? { onChange: (text: string) => file.edit(() => text, 'yaml') } : {})}
      />
    </div>
  );
}
