import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useId, useState } from 'react';
import type { Foretell, Foretold } from '../../../../contract/content-promises';
import { orderKindSchema } from '../../../../contract/orders';
import { slaSubjects } from '../../../../contract/sla';
import { useAdmin } from '../context';

const FACTS = ['severity', 'product', 'customerLevel', 'area'] as const;
type Fact = (typeof FACTS)[number];
const FACT_NAMES = {
  severity: 'severities',
  product: 'products',
  customerLevel: 'customerLevels',
  area: 'areas',
} as const;

const two = (value: number): string => String(value).padStart(2, '0');
/** The wall clock of whoever looks, to begin with. */
function nowLocal(): string {
  const now = new Date();
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${day}T${two(now.getHours())}:${two(now.getMinutes())}`;
}

/** What the draft would make of something: when it is due, by which promise, and why. */
export function ForetellCard() {
  const { client, words } = useAdmin();
  const { promises } = words;
  const id = useId();
  const [asked, setAsked] = useState<Pick<Foretell, 'subject' | 'kind' | 'startAt'>>({
    subject: 'work-order',
    kind: 'fault',
    startAt: nowLocal(),
  });
  const [facts, setFacts] = useState<Record<Fact, string>>({
    severity: '',
    product: '',
    customerLevel: '',
    area: '',
  });
  const [found, setFound] = useState<Foretold | null>(null);
  const [isNotReady, setIsNotReady] = useState(false);
  async function ask(): Promise<void> {
    if (!(await client.save())) return;
    const given = Object.entries(facts).flatMap(([key, value]) =>
      value.trim() ? [[key, value.trim()]] : [],
    );
    const body = { ...asked, ...Object.fromEntries(given) };
    const answer = await client.call<Foretold>('POST', '/admin/content/promises/deadline', body);
    setFound(answer.ok ? answer.value : null);
    setIsNotReady(!answer.ok && answer.code === 'bad-content');
    if (!answer.ok && answer.code !== 'bad-content')
      client.store.dispatch({ type: 'notice', text: answer.code, isBad: true });
  }
  return (
    <section className="card foretell" aria-label={promises.foretell}>
      <h3>{promises.foretell}</h3>
      <p className="hint">{promises.foretellHint}</p>
      <form
        className="publish-options"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <span>
          <label htmlFor={`${id}s`}>{promises.subject}</label>
          <Select
            id={`${id}s`}
            value={asked.subject}
            options={slaSubjects.map((value) => ({ value, label: promises.subjects[value] }))}
            onChange={(subject) => setAsked({ ...asked, subject })}
          />
        </span>
        <span>
          <label htmlFor={`${id}t`}>{promises.startAt}</label>
          <Input
            id={`${id}t`}
            type="datetime-local"
            required
            value={asked.startAt}
            onChange={({ target }) => setAsked({ ...asked, startAt: target.value })}
          />
        </span>
        <span>
          <label htmlFor={`${id}k`}>{promises.kind}</label>
          <Select
            id={`${id}k`}
            value={asked.kind ?? ''}
            options={[
              { value: '', label: promises.any },
              ...orderKindSchema.options.map((value) => ({ value, label: promises.kinds[value] })),
            ]}
            onChange={(value) =>
              setAsked({ ...asked, kind: orderKindSchema.options.find((kind) => kind === value) ?? null })
            }
          />
        </span>
        {FACTS.map((fact) => (
          <span key={fact}>
            <label htmlFor={id + fact}>{promises.matches[FACT_NAMES[fact]]}</label>
            <Input
              id={id + fact}
              value={facts[fact]}
              maxLength={80}
              onChange={({ target }) => setFacts({ ...facts, [fact]: target.value })}
            />
          </span>
        ))}
        <Button htmlType="submit" type="primary">
          {promises.count}
        </Button>
      </form>
      {isNotReady && <p className="warn">{promises.notReady}</p>}
      {found && <FoundDeadlines found={found} />}
    </section>
  );
}

function FoundDeadlines({ found: { clocks, without } }: { found: Foretold }) {
  const { words, settings } = useAdmin();
  const { promises } = words;
  return (
    <div role="status">
      {clocks.map(({ clock, policy, name, dueAt, fits, lines, thresholds }) => (
        <article key={clock} className="option">
          <h4>
            {promises.clocks[clock]} · {promises.due(dueAt)}
          </h4>
          <p>
            {name[settings.locale]} <code className="quiet">{policy}</code>
          </p>
          <p className="quiet">
            {promises.fits}{' '}
            {fits.length === 0
              ? promises.everything
              : fits
                  .map(({ key, values }) => `${nameOf(promises.matches, key)} ${values.join(' / ')}`)
                  .join(' · ')}
          </p>
          <ol className="due-lines">
            {lines.map((line) => (
              <li key={line.en}>{line[settings.locale]}</li>
            ))}
          </ol>
          <ul className="dots">
            {thresholds.map(({ percent, at, actions }) => (
              <li key={percent}>
                {promises.at(
                  percent,
                  at,
                  actions.map((action) => nameOf(promises.actionNames, action)).join('、'),
                )}
              </li>
            ))}
          </ul>
        </article>
      ))}
      {without.length > 0 && (
        <p className="quiet">{promises.without(without.map((clock) => promises.clocks[clock]).join('、'))}</p>
      )}
    </div>
  );
}

const nameOf = (names: Record<string, string>, key: string): string => names[key] ?? key;
