import Button from 'antd/es/button';
import Input from 'antd/es/input';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import Select from 'antd/es/select';
import { useId, useMemo, useRef } from 'react';
import { channelIdSchema } from '../../../../contract/activity';
import type { Article } from '../../../../contract/knowledge';
import type { Path } from '../../../../dialogs/edit/yaml-places';
import { sectionTitle, setHead, setSection } from '../../../../dialogs/knowledge/edit-article';
import { replaceFacts } from '../../../../dialogs/tables/fact-texts';
import type { ArticleRow } from '../../state/article-rows';
import { withFact } from '../../state/table-rows';
import { useAdmin } from '../context';
import { ChoiceField, WordsField } from '../dialogs/form/fields';
import { FormProvider, Problems, useForm } from '../dialogs/form/step-context';
import { TextField } from '../dialogs/form/text-field';
import { useTyped } from '../dialogs/form/use-typed';
import { useDialogIntents } from '../dialogs/use-dialog-intents';
import { InsertFact } from '../tables/insert-fact';
import type { TextFile } from '../use-text-file';

const LANGUAGES = ['zh', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
type Channel = keyof NonNullable<Article['answer']['channels']>;

interface FormProps {
  row: ArticleRow;
  article: Article;
  file: TextFile;
}

/** What is asked, what is answered, where and when it holds. */
export function ArticleForm({ article, file }: FormProps) {
  const { articles } = useAdmin().words;
  const form = useMemo(
    () => ({
      dialog: null,
      set: (path: Path, value: unknown) =>
        void file.edit((text) => setHead(text, path, value), `article.${path.join('.')}`),
      problemsAt: (path: Path) => {
        const place = path.join('.');
        return file.problems.filter((each) => each.path === place || each.path.startsWith(`${place}.`));
      },
    }),
    [file],
  );
  return (
    <FormProvider value={form}>
      <TextField path={['question']} name={articles.question} value={article.question} />
      <Answers article={article} file={file} channel={null} />
      {Object.keys(article.answer.channels ?? {}).map((channel) => (
        <Answers key={channel} article={article} file={file} channel={channel as Channel} />
      ))}
      <AddChannel article={article} file={file} />
      <fieldset className="text-field">
        <legend>{articles.variants}</legend>
        <div className="languages">
          {LANGUAGES.map((language) => (
            <Variants key={language} language={language} value={article.variants[language]} />
          ))}
        </div>
      </fieldset>
      <div className="languages">
        <DayField path={['from']} name={articles.from} value={article.from} />
        <DayField path={['until']} name={articles.until} value={article.until} />
      </div>
      <WordsField path={['areas']} name={articles.areas} value={article.areas} />
      <TextField path={['source']} name={articles.source} value={article.source} />
      <Offer article={article} />
    </FormProvider>
  );
}

interface AnswersProps {
  article: Article;
  file: TextFile;
  /** Null for every channel that has no words of its own. */
  channel: Channel | null;
}

function Answers({ article, file, channel }: AnswersProps) {
  const { articles } = useAdmin().words;
  const { answer } = article;
  const said = channel === null ? answer : answer.channels?.[channel];
  const remove = () =>
    void file.edit(
      (text) =>
        LANGUAGES.reduce(
          (now, language) => setSection(now, sectionTitle(language, channel), undefined),
          text,
        ),
      'channel',
    );
  return (
    <fieldset className="text-field">
      <legend>{channel === null ? articles.answer : articles.ofChannel(articles.channels[channel])}</legend>
      <div className="languages">
        {LANGUAGES.map((language) => (
          <OneAnswer
            key={language}
            language={language}
            title={sectionTitle(language, channel)}
            value={said?.[language] ?? ''}
            file={file}
          />
        ))}
      </div>
      {channel !== null && (
        <Button size="small" type="text" onClick={remove}>
          {articles.removeChannel}
        </Button>
      )}
    </fieldset>
  );
}

const FACT_SHOWN = '100 元';

interface OneAnswerProps {
  language: Language;
  title: string;
  value: string;
  file: TextFile;
}

/** An answer: 120 characters, in English about twice as many. */
function OneAnswer({ language, title, value, file }: OneAnswerProps) {
  const id = useId();
  const { dialogs } = useAdmin().words;
  const { text, type, flush } = useTyped(value, (next) => {
    // Without a text it would be no article.
    if (next.trim() !== '') file.edit((now) => setSection(now, title, next), `section ${title}`);
  });
  const limit = language === 'zh' ? 120 : 300;
  const area = useRef<TextAreaRef>(null);
  function insert(mark: string): void {
    const at = area.current?.resizableTextArea?.textArea.selectionEnd ?? text.length;
    type(withFact(text, at, mark));
  }
  // As long as a price: the name of a fact is not what is read.
  const length = replaceFacts(text, () => FACT_SHOWN).length;
  return (
    <div className="one-language">
      <label htmlFor={id}>{dialogs.inLanguage[language]}</label>
      <Input.TextArea
        id={id}
        ref={area}
        lang={language}
        rows={4}
        value={text}
        onChange={({ target }) => type(target.value)}
        onBlur={flush}
      />
      <p className={length > limit ? 'count warn' : 'count'}>{dialogs.length(length, limit)}</p>
      <InsertFact onInsert={insert} />
      <Problems path={[title]} />
    </div>
  );
}

function AddChannel({ article, file }: Omit<AnswersProps, 'channel'>) {
  const { articles } = useAdmin().words;
  const free = channelIdSchema.options.filter((channel) => !article.answer.channels?.[channel]);
  const add = (channel: string) =>
    void file.edit(
      (text) =>
        LANGUAGES.reduce(
          (now, language) => setSection(now, `${language} ${channel}`, article.answer[language]),
          text,
        ),
      `channel ${channel}`,
    );
  return (
    <Select
      className="add-channel"
      aria-label={articles.addChannel}
      placeholder={articles.addChannel}
      value={null}
      options={free.map((value) => ({ value, label: articles.channels[value] }))}
      onChange={(channel: string | null) => channel !== null && add(channel)}
    />
  );
}

function Variants({ language, value }: { language: Language; value: readonly string[] }) {
  const id = useId();
  const { dialogs } = useAdmin().words;
  const { set } = useForm();
  const { text, type, flush } = useTyped(value.join('\n'), (next) => {
    const phrases = next
      .split('\n')
      .map((phrase) => phrase.trim())
      .filter(Boolean);
    if (phrases.length > 0) set(['variants', language], [...new Set(phrases)]);
  });
  return (
    <div className="one-language">
      <label htmlFor={id}>{dialogs.inLanguage[language]}</label>
      <Input.TextArea
        id={id}
        lang={language}
        rows={6}
        value={text}
        onChange={({ target }) => type(target.value)}
        onBlur={flush}
      />
      <Problems path={['variants', language]} />
    </div>
  );
}

function DayField({ path, name, value }: { path: Path; name: string; value: string | undefined }) {
  const id = useId();
  const { set } = useForm();
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      <Input
        id={id}
        type="date"
        value={value ?? ''}
        onChange={({ target }) => set(path, target.value === '' ? undefined : target.value)}
      />
      <Problems path={path} />
    </div>
  );
}

function Offer({ article: { offer } }: { article: Article }) {
  const { articles } = useAdmin().words;
  const { set } = useForm();
  const intents = useDialogIntents();
  const [first] = intents;
  if (!offer)
    return (
      <Button
        size="small"
        type="dashed"
        disabled={!first}
        onClick={() =>
          set(['offer'], {
            intent: first?.value,
            ask: { zh: '要我接着帮您办吗？', en: 'Shall I do it for you?' },
          })
        }
      >
        {articles.addOffer}
      </Button>
    );
  return (
    <fieldset className="text-field">
      <legend>{articles.offer}</legend>
      <ChoiceField
        path={['offer', 'intent']}
        name={articles.offerIntent}
        value={offer.intent}
        options={intents}
      />
      <TextField path={['offer', 'ask']} name={articles.offerAsk} value={offer.ask} />
      <Button size="small" type="text" onClick={() => set(['offer'], undefined)}>
        {articles.removeOffer}
      </Button>
    </fieldset>
  );
}
