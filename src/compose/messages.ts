import type { IncomingMessage } from 'node:http';
import { writeAudit } from '../accounts/audit';
import type { RequirePermission } from '../accounts/guard';
import { keepFiles, readUpload } from '../channels/direct-line/uploads';
import type { Attachment } from '../contract/activity';
import { AppError } from '../errors';
import type { Desk } from '../handoff/desk';
import { registerFiles } from '../handoff/messages/routes-files';
import { registerRecall } from '../handoff/messages/routes-recall';
import { cleanFile } from '../records/clean-file';
import { FILE_TYPES, type FileStore } from '../records/files';
import { agentFilesOf } from './bot-framework';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** One file of an upload, kept if it is of these kinds by its content. */
export const createTakeFile =
  (files: FileStore) =>
  async (request: IncomingMessage, types: readonly string[]): Promise<Attachment> => {
    const upload = await readUpload(request);
    const [file, ...others] = upload.files;
    if (!file || others.length > 0)
      throw new AppError('bad-request', 'One file a message. Nothing was sent.');
    const { extension } = await cleanFile(file.bytes);
    if (!types.includes(FILE_TYPES[extension]))
      throw new AppError(
        'unsupported-media',
        `This channel carries ${types.join(', ')} only. Nothing was sent.`,
      );
    const [kept] = await keepFiles(files, [file]);
    // One file in, one out.
    return kept as Attachment;
  };

/** What agents send beside words, and what they take back. */
export function registerMessages(
  { db, files, node, botSender, clock, log }: Engine,
  server: Edge['server'],
  deps: { desk: Desk; requirePermission: RequirePermission },
): void {
  registerFiles(server, {
    ...deps,
    takeFile: createTakeFile(files),
    filesOf: (state) => agentFilesOf(botSender, state),
    log,
  });
  registerRecall(server, {
    ...deps,
    store: node.store,
    audit: (entry) => writeAudit(db, { ...entry, at: clock() }),
    clock,
    log,
  });
}
