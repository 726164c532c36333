import { z } from 'zod';
import { AppError } from '../errors';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens');
const name = z.strictObject({ zh: z.string().min(1).max(20), en: z.string().min(1).max(40) });

const result = z.strictObject({
  id,
  name,
  /** True when nothing was helped: no example for a colleague. */
  isUnsolved: z.literal(true).optional(),
});

/** `dialogs/desk/dispositions.yaml`: by service, how conversations end; what agents choose from and reports count. */
export const dispositionsSchema = z.strictObject({
  services: z
    .array(
      z.strictObject({
        id,
        name,
        /** Dialogs of this service: what the bot took it for, by which a session filed elsewhere was understood wrongly. */
        dialogs: z.array(z.string().min(1)).optional(),
        results: z.array(result).min(1),
      }),
    )
    .min(1),
});
export type Dispositions = z.infer<typeof dispositionsSchema>;

/** What a session is filed under: `<service>/<result>`. */
export const dispositionCodes = ({ services }: Dispositions): string[] =>
  services.flatMap((service) => service.results.map((result) => `${service.id}/${result.id}`));

/** Those by which a customer was helped. */
export const solvedCodes = ({ services }: Dispositions): string[] =>
  services.flatMap((service) =>
    service.results.flatMap(({ id: end, isUnsolved }) => (isUnsolved ? [] : `${service.id}/${end}`)),
  );

/** The service that a dialog belongs to; null where nobody has said. */
export const serviceOfDialog = ({ services }: Dispositions, dialog: string): string | null =>
  services.find(({ dialogs }) => dialogs?.includes(dialog))?.id ?? null;

/** Throws `bad-request` for one that is not there; null is none. */
export function checkDisposition(tree: Dispositions, code: string | null): void {
  if (code === null || dispositionCodes(tree).includes(code)) return;
  throw new AppError(
    'bad-request',
    'Nothing was changed. To mend: disposition: one of GET /agent/settings, as "<service>/<result>".',
  );
}
