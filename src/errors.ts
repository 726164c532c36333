/**
 * The one error type of the project. A `code` is for programs (HTTP status, counters), the message names the
 * thing that failed and the remedy, `cause` keeps the foreign error that was wrapped at the edge.
 */
export type ErrorCode =
  | 'bad-settings'
  | 'bad-request'
  | 'bad-content'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  /** It can be done all the same, with a reason. */
  | 'reason-needed'
  | 'too-large'
  | 'too-many-requests'
  | 'unsupported-media'
  | 'unavailable'
  | 'timeout'
  | 'lost-lease'
  | 'internal';

export class AppError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which the caller may try again; sent as Retry-After. */
  readonly retryAfterSeconds?: number;
  /** Facts for the log, never personal data. */
  readonly details?: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number; details?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.details = options.details;
  }
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
