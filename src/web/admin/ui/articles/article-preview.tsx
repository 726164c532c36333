import { filesOf } from '../../state/bench';
import { useBench } from '../context';
import { ShownOnChannels } from '../dialogs/preview';

/** An answer as customers of a channel see it, by the code that sends it to them. */
export function ArticlePreview({ text }: { text: string }) {
  const patterns = filesOf(useBench())['dialogs/patterns.yaml'] ?? '';
  return (
    <div className="panel-body">
      <ShownOnChannels asked={{ article: text, patterns }} />
    </div>
  );
}
