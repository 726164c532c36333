import type { Logger } from 'pino';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import { newConversationId, newUserId } from '../channels/direct-line/conversations';
import { TOKEN_SECONDS, type Tokens } from '../channels/direct-line/tokens';
import { localeSchema } from '../contract/activity';
import { AppError } from '../errors';
import { readJson } from '../http/read-body';
import { sendJson } from '../http/send';
import { route } from '../http/server';
import type { RedisClient } from '../turns/redis';
import type { Visitors } from './visitors';

export interface VisitorRoutesDependencies {
  visitors: Visitors;
  tokens: Tokens;
  redis: RedisClient;
  isAllowedOrigin: (origin: string) => boolean;
  /** The client's address, for the rate limit. */
  addressOf: (request: Request) => string;
  /** Tokens that one address may ask for in a minute. */
  perMinute: number;
  log: Logger;
}

const requestSchema = z.object({
  resume: z.string().max(100).optional(),
  locale: localeSchema.optional(),
});

const BODY_LIMIT = 4096;

/** `POST /chat/token`: a Direct Line token for a visitor of the web chat; the channel's secret stays here. */
export function registerVisitors(server: Server, deps: VisitorRoutesDependencies): void {
  const limiter = new RateLimiterRedis({
    storeClient: deps.redis,
    keyPrefix: 'visitor:rate',
    points: deps.perMinute,
    duration: 60,
  });

  async function limit(request: Request): Promise<void> {
    try {
      await limiter.consume(deps.addressOf(request));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new AppError(
        'too-many-requests',
        'Too many new chats from this address. Try again in a minute.',
        {
          retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
        },
      );
    }
  }

  /** Pages of other sites may ask only when they are named in WEB_ORIGINS. */
  function admit(request: Request, response: Response): void {
    const { origin } = request.headers;
    if (origin === undefined) return;
    if (!deps.isAllowedOrigin(origin)) {
      throw new AppError('forbidden', 'This page may not open a chat here: add its origin to WEB_ORIGINS.');
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After, Date');
    response.setHeader('Vary', 'Origin');
  }

  server.opts(
    '/chat/token',
    route(deps.log, async (request, response) => {
      admit(request, response);
      response.setHeader('Access-Control-Allow-Methods', 'POST, OPTIONS');
      response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
      response.writeHead(204);
      response.end();
    }),
  );
  server.post(
    '/chat/token',
    route(deps.log, async (request, response) => {
      admit(request, response);
      await limit(request);
      const parsed = requestSchema.safeParse(await readJson(request, BODY_LIMIT));
      if (!parsed.success)
        throw new AppError('bad-request', 'Send {"resume"?: string, "locale"?: "zh" | "en"}.');
      const { resume, locale = null } = parsed.data;
      const known = resume ? await deps.visitors.resume(resume) : null;
      const visitor = known?.visitor ?? { userId: newUserId(), conversationId: newConversationId() };
      const resumeToken = known?.resumeToken ?? (await deps.visitors.remember(visitor));
      const who = { channel: 'web' as const, userName: null, customer: null, origins: [], locale };
      const token = await deps.tokens.sign({ ...who, ...visitor });
      const isResumed = known !== null;
      sendJson(response, 200, { ...visitor, token, expires_in: TOKEN_SECONDS, resumeToken, isResumed });
    }),
  );
}
