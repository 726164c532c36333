import { AppError, type ErrorCode } from '../../errors';

/** An answer in Direct Line's own shape: `{"error": {"code", "message"}}`. */
export class DirectLineError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'DirectLineError';
  }
}

const shapes: Partial<Record<ErrorCode, [status: number, code: string]>> = {
  'bad-request': [400, 'BadArgument'],
  unauthenticated: [401, 'Unauthorized'],
  forbidden: [403, 'BadArgument'],
  'not-found': [404, 'BadArgument'],
  conflict: [409, 'Conflict'],
  'too-large': [413, 'MessageSizeTooBig'],
  'unsupported-media': [415, 'UnsupportedMediaType'],
  'too-many-requests': [429, 'TooManyRequests'],
};

/** Whatever was thrown, as Direct Line says it. What is not known stays in the log. */
export function toDirectLineError(error: unknown): DirectLineError {
  if (error instanceof DirectLineError) return error;
  if (error instanceof AppError) {
    const shape = shapes[error.code];
    if (shape) return new DirectLineError(shape[0], shape[1], error.message, error.retryAfterSeconds);
  }
  return new DirectLineError(
    502,
    'BotRejectedActivity',
    'The service could not take this just now. Nothing was kept; please send it again.',
    2,
  );
}
