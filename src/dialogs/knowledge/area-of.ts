import type { DialogState } from '../../contract/dialog';
import { type AreaParts, areaPartsSchema } from '../../contract/knowledge';

/** Where the customer lives, as far as the session has learned it. */
export function areaOf({ shared }: Pick<DialogState, 'shared'>): AreaParts | null {
  for (const value of Object.values(shared)) {
    const area = areaPartsSchema.safeParse(value).data;
    if (area && Object.keys(area).length > 0) return area;
  }
  return null;
}
