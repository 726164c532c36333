import { filesOf } from '../../state/bench';
import { useBench } from '../context';
import { ShownOnChannels } from '../dialogs/preview';
import { useShownFacts } from '../tables/use-shown-facts';

/** An answer as customers of a channel see it, by the code that sends it to them; its facts for a place and a day. */
export function ArticlePreview({ text }: { text: string }) {
  const patterns = filesOf(useBench())['dialogs/patterns.yaml'] ?? '';
  const { facts, choice } = useShownFacts(text);
  return (
    <div className="panel-body">
      {choice}
      <ShownOnChannels asked={{ article: text, patterns, ...(facts ? { facts } : {}) }} />
    </div>
  );
}
