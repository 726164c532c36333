import type { Locale } from '../../../contract/activity';
import type { Dispositions } from './types';

/** `<service>/<result>` in words; the code itself for one that there is no more, nothing for none. */
export function nameOfDisposition({ services }: Dispositions, code: string | null, locale: Locale): string {
  const [serviceId, resultId] = (code ?? '').split('/');
  const service = services.find(({ id }) => id === serviceId);
  const result = service?.results.find(({ id }) => id === resultId);
  return service && result ? `${service.name[locale]} · ${result.name[locale]}` : (code ?? '');
}
