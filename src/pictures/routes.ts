import type { Logger } from 'pino';
import type { Server } from 'restify';
import { AppError } from '../errors';
import { route } from '../http/server';
import { drawLights, LIGHTS_PATH, readLights } from './ont-lights';

/** `GET /pictures/ont.svg?power=green&los=red-blinking&point=los`: the same for everybody, so it may be kept by anybody. */
export function registerPictures(server: Server, log: Logger): void {
  server.get(
    LIGHTS_PATH,
    route(log, async (request, response) => {
      const lights = readLights(request.getQuery() ?? '');
      if (!lights) throw new AppError('not-found', 'There is no such picture.');
      response.writeHead(200, {
        'Content-Type': 'image/svg+xml',
        'Cache-Control': 'public, max-age=86400',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
      response.end(drawLights(lights));
    }),
  );
}
