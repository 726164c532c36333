import type { FindEntities } from '../../../src/channels/app-push/mask-text';

/** Finds one street; what is found in full is tested with the finders. */
export const findAddresses: FindEntities = (text) =>
  [...text.matchAll(/幸福路 \d 号/g)].map(({ index, 0: found }) => ({
    type: 'address',
    start: index,
    end: index + found.length,
  }));
