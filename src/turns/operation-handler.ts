import type { Command } from '../contract/conversation';
import {
  type OperationArgs,
  type OperationName,
  type OperationValue,
  operations,
} from '../contract/operations';
import type { CommandHandler } from './commands';

/** What an operation came to: its value, or a failure that the dialog knows how to go on from. */
export type OperationOutcome<N extends OperationName> =
  | { type: 'ok'; value: OperationValue<N> }
  | { type: 'error'; code: string };

/**
 * A handler of one operation: its arguments are parsed by the operation's schema, and what does not fit is the
 * outcome `bad-arguments`. What `run` throws is tried again by the outbox.
 */
export function operationHandler<N extends OperationName>(
  name: N,
  options: Pick<CommandHandler, 'mustComplete' | 'lane' | 'keepsOrder'>,
  run: (args: OperationArgs<N>, command: Command) => Promise<OperationOutcome<N>>,
): CommandHandler {
  return {
    ...options,
    run: async (command) => {
      const parsed = operations[name].args.safeParse(command.args);
      if (!parsed.success) return { type: 'error', code: 'bad-arguments' };
      // The schema that parsed is that of N; TypeScript loses this on the way through the union.
      return run(parsed.data as OperationArgs<N>, command);
    },
  };
}
