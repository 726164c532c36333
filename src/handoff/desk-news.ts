import type { DeskNews as News } from '../contract/desk';

/**
 * Tells every node that something that desks show has changed. It is a hint: it may be lost or come twice, and whoever
 * hears it reads the truth.
 */
export interface DeskNews {
  /** Throws nothing; news that cannot be told is lost. */
  publish(news: News): Promise<void>;
  /** Told of the news of all nodes, this one included. Answers how to stop listening. */
  subscribe(listener: (news: News) => void): () => void;
  close(): Promise<void>;
}
