import type { Reply } from '../shared/chat-state';

interface RatingProps {
  /** What is said for each score, from 1 to 5. */
  replies: Reply[];
  /** The way to a human, where it is always in sight. */
  human: Reply | null;
  label: string;
  onReply: (value: string) => void;
}

/** Five stars to tap; the words of each are read out, and said for the customer. */
export function Rating({ replies, human, label, onReply }: RatingProps) {
  return (
    <section id="replies" class="rating" aria-label={label}>
      <div class="stars">
        {replies.map(({ title, value }) => (
          <button
            type="button"
            class="star"
            key={value}
            aria-label={title}
            title={title}
            onClick={() => onReply(value)}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 3.2l2.7 5.6 6.1.9-4.4 4.3 1 6.1L12 17.2l-5.4 2.9 1-6.1L3.2 9.7l6.1-.9z" />
            </svg>
          </button>
        ))}
      </div>
      <p aria-hidden="true">
        <span>{replies[0]?.title}</span>
        <span>{replies.at(-1)?.title}</span>
      </p>
      {human && (
        <button type="button" class="plain" onClick={() => onReply(human.value)}>
          {human.title}
        </button>
      )}
    </section>
  );
}
