import type { Logger } from 'pino';
import type { Server } from 'restify';
import type { FileSigner, FileStore } from '../records/files';
import { route } from './server';

/** `GET /files/<id>?e&s`: an uploaded file, for as long as its signed address lives. */
export function registerFiles(server: Server, files: FileStore, signer: FileSigner, log: Logger): void {
  server.get(
    '/files/:id',
    route(log, async (request, response) => {
      const query = new URLSearchParams(request.getQuery());
      const id = String(request.params?.id ?? '');
      signer.check(id, query.get('e') ?? '', query.get('s') ?? '');
      const { bytes, contentType } = await files.get(id);
      response.writeHead(200, {
        'Content-Type': contentType,
        'Content-Length': bytes.length,
        'Cache-Control': 'private, max-age=600',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Content-Disposition': contentType === 'application/pdf' ? 'attachment' : 'inline',
      });
      response.end(bytes);
    }),
  );
}
