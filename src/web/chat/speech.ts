import type { Locale } from '../../contract/activity';

/** The part of the Web Speech API that is used; browsers have it under two names or not at all. */
interface Recognition {
  lang: string;
  continuous: boolean;
  onresult:
    | ((event: { resultIndex: number; results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void)
    | null;
  onend: (() => void) | null;
  onerror: (() => void) | null;
  start(): void;
  stop(): void;
}

const recognitionClass = (): (new () => Recognition) | undefined => {
  const known = globalThis as unknown as Record<string, (new () => Recognition) | undefined>;
  return known.SpeechRecognition ?? known.webkitSpeechRecognition;
};

export const canListen = (): boolean => recognitionClass() !== undefined;

/** Hears until it is stopped or the speaker pauses; the words go into the text field, for the customer to check. */
export function listen(
  locale: Locale,
  { onWords, onEnd }: { onWords: (words: string) => void; onEnd: () => void },
): () => void {
  const Recogniser = recognitionClass();
  if (!Recogniser) return () => undefined;
  const recogniser = new Recogniser();
  recogniser.lang = locale === 'zh' ? 'zh-CN' : 'en-US';
  recogniser.continuous = false;
  recogniser.onresult = ({ resultIndex, results }) => {
    for (let i = resultIndex; i < results.length; i += 1) onWords(results[i]?.[0]?.transcript ?? '');
  };
  recogniser.onend = onEnd;
  recogniser.onerror = onEnd;
  recogniser.start();
  return () => recogniser.stop();
}
