import { askedWords } from '../../../contract/asked-words';
import type { BotPart } from '../../../contract/handoff';
import { reasonWords } from '../state/reason-words';
import { speakValue } from '../state/speak-value';
import type { Conversation } from '../state/types';
import { useDesk, useSpeakTime } from './context';

/** What the bot did, in one look: matter, what is known, what was tried, where it stopped. */
export function SummaryCard({ view }: { view: Conversation }) {
  const { words, locale } = useDesk();
  const { talk } = words;
  const { bot, ownership, openCalls } = view;
  return (
    <section className="summary" aria-label={talk.botSummary}>
      <h3>{talk.botSummary}</h3>
      {ownership.reason && (
        <p>
          <span className="label">{talk.reason}</span> {reasonWords(ownership.reason, locale)}
        </p>
      )}
      {ownership.line?.note && (
        <p>
          <span className="label">{talk.handover}</span> {ownership.line.note}
        </p>
      )}
      {bot.upsetAt !== null && <p className="warn">{talk.upset}</p>}
      {bot.misunderstood > 0 && <p>{talk.misunderstood(bot.misunderstood)}</p>}
      {bot.dialogs.length === 0 && <p className="quiet">{talk.nothingAsked}</p>}
      {bot.dialogs.map((dialog) => (
        <OneDialog key={dialog.dialog + dialog.step} dialog={dialog} />
      ))}
      {openCalls.length > 0 && (
        <p>
          <span className="label">{talk.waitingFor}</span>{' '}
          {openCalls.map(({ operation }) => askedWords[operation]?.[locale] ?? operation).join(', ')}
        </p>
      )}
      {bot.dialogs.length > 0 && bot.dialogs.at(-1)?.question && (
        <p>
          <span className="label">{talk.stoodAt}</span> {bot.dialogs.at(-1)?.question?.[locale]}
        </p>
      )}
    </section>
  );
}

function OneDialog({ dialog }: { dialog: BotPart['dialogs'][number] }) {
  const { words, locale } = useDesk();
  const speakTime = useSpeakTime();
  const { name, slots, failures } = dialog;
  const told = slots.flatMap(({ name: key, label, value }) => {
    const spoken = speakValue(value, speakTime, locale);
    return spoken === null ? [] : [{ key, label: label[locale], spoken }];
  });
  return (
    <div className="dialog">
      <h4>
        {name[locale]}
        {failures > 0 && <span className="tag warn">{words.talk.failedTimes(failures)}</span>}
      </h4>
      <dl>
        {told.map(({ key, label, spoken }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{spoken}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
